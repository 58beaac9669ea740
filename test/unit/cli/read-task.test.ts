import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArgs } from '../../../main/cli/parse-args.ts';
import { readTask } from '../../../main/cli/read-task.ts';
import { readOrder, SUBMIT_FLAGS } from '../../../main/cli/submit-source.ts';
import { cliContext } from '../../support/run-cli.ts';
import { failureOf, successOf } from '../../support/success-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Given {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
}

async function read(args: readonly string[], { files = {}, stdin = '' }: Given = {}) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  const { words, flags } = successOf(parseArgs(SUBMIT_FLAGS, args));
  const order = readOrder(words, flags);
  return order.ok ? readTask(cliContext({ cwd, stdin }).context, order.value) : order;
}

const provenance = async (args: readonly string[], given: Given = {}) =>
  successOf(await read(args, given))['submission_provenance'];

describe('a direct task', () => {
  it('has a title, a version and the goal word for word', async () => {
    expect(successOf(await read(['r', '--goal', '  Fix it\n']))).toEqual({
      version: 'v1',
      title: 'Direct task',
      goal: '  Fix it\n',
      submission_provenance: {
        source_kind: 'goal',
        source_name: 'inline-goal',
        original_format: 'txt',
        original_input: '  Fix it\n',
        defaults_applied: ['version', 'title'],
      },
    });
  });

  it('carries what the flags say', async () => {
    const flags = ['--title', ' T ', '--context', 'c', '--adapter', 'command', '--timeout', '60', '--policy', 'p'];
    const lists = ['--acceptance', 'a', '--acceptance', 'b', '--validation', 'true', '--validation', 'git status'];
    expect(successOf(await read(['r', '--stdin', ...flags, ...lists], { stdin: 'do it' }))).toMatchObject({
      title: 'T',
      context: { summary: 'c' },
      adapter_profile: 'command',
      timeout_seconds: 60,
      policy_bundle: 'p',
      acceptance: ['a', 'b'],
      validations: [
        { name: 'validation-1', command: 'true' },
        { name: 'validation-2', command: 'git status' },
      ],
      submission_provenance: { source_kind: 'stdin', source_name: 'stdin', defaults_applied: ['version'] },
    });
  });

  it.each([
    ['prompt.md', 'md'],
    ['prompt.txt', 'txt'],
    ['prompt.rst', 'rst'],
    ['prompt', 'txt'],
  ])('from the prompt file %s is titled after it', async (name, format) => {
    const task = successOf(await read(['r', '--prompt-file', name], { files: { [name]: 'Do it.' } }));
    expect(task).toMatchObject({
      title: 'prompt',
      submission_provenance: { source_kind: 'prompt_file', source_name: name, original_format: format },
    });
  });
});

describe('a whole task (CLI-6)', () => {
  it('is passed on with every key, and its provenance', async () => {
    const text = 'version: v1\ngoal: g\nretry: {max_attempts: 2}\nunknown: kept\n';
    const task = successOf(await read(['r', 'task.yaml'], { files: { 'task.yaml': text } }));
    expect(task).toEqual({
      version: 'v1',
      goal: 'g',
      retry: { max_attempts: 2 },
      unknown: 'kept',
      submission_provenance: {
        source_kind: 'task_file',
        source_name: 'task.yaml',
        original_format: 'yaml',
        original_input: text,
        defaults_applied: ['run_id'],
      },
    });
  });

  it('says nothing of defaults when it names its run', async () => {
    expect(await provenance(['r', '--task-json', '-'], { stdin: '{"run_id":"r"}' })).toEqual({
      source_kind: 'task_json',
      source_name: '-',
      original_format: 'json',
      original_input: '{"run_id":"r"}',
    });
  });

  it('is JSON by its extension', async () => {
    const files = { 'task.json': '{"goal":"g"}' };
    expect(await provenance(['r', 'task.json'], { files })).toMatchObject({ original_format: 'json' });
  });
});

describe('what is no task', () => {
  it.each([
    [['r', '--goal', '   '], {}, 'direct input is empty'],
    [['r', '--stdin'], {}, 'direct input is empty'],
    [['r', 'nofile.yaml'], {}, 'could not read task spec file: open nofile.yaml: no such file or directory'],
    [['r', '-h'], {}, 'could not read task spec file: open -h: no such file or directory'],
    [['r', '.'], {}, 'could not read task spec file: open .: is a directory'],
    [['r', '--task-json', 'x'], {}, 'could not read task json: open x: no such file or directory'],
    [['r', '--prompt-file', 'x'], {}, 'could not read prompt file: open x: no such file or directory'],
    [['r', 'e.yaml'], { files: { 'e.yaml': '' } }, 'failed to parse task spec yaml/json: it is empty'],
    [
      ['r', 'l.yaml'],
      { files: { 'l.yaml': '- a' } },
      'failed to parse task spec yaml/json: a task is an object with keys',
    ],
    [['r', '--task-json', '-'], { stdin: '"x"' }, 'failed to parse task spec json: a task is an object with keys'],
    [['r', 'b.yaml'], { files: { 'b.yaml': Uint8Array.of(0xff, 0xfe, 0) } }, 'b.yaml is no UTF-8 text'],
    [
      ['r', '--task-json', '-'],
      { stdin: '{"run_id":"other"}' },
      'task run_id "other" does not match submit run ID "r"',
    ],
  ])('%j: %j', async (args, given, message) => {
    expect(failureOf(await read(args, given))).toEqual({ error: 'preparing task submission', message, exit: 1 });
  });

  it('says of a text in the place of a task how a text is handed over', async () => {
    const failure = failureOf(await read(['r', 'prompt.md'], { files: { 'prompt.md': 'Say hello.\n' } }));
    expect(failure.nextStep).toContain('codencer submit <runID> --prompt-file <path>');
  });

  it.each([
    [['r', '--task-json', '-'], { stdin: '{bad' }, 'failed to parse task spec json: '],
    [['r', 'b.yaml'], { files: { 'b.yaml': 'a: [1' } }, 'failed to parse task spec yaml/json: '],
  ])('%j says what the parser says', async (args, given, start) => {
    expect(failureOf(await read(args, given)).message.startsWith(start)).toBe(true);
  });
});
