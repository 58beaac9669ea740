import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeTaskSpec } from '../../../contract/wire/task-spec.ts';
import { parseYamlTask } from '../../../main/cli/parse-yaml-task.ts';
import { unknownTaskKeys } from '../../../main/cli/task-keys.ts';
import { createCliRepository } from '../../support/cli-repository.ts';
import { createSchemaJudge } from '../../support/schema-judge.ts';
import { successOf } from '../../support/success-of.ts';

const SAMPLES = join(import.meta.dirname, '../../../resources/samples');
const read = (path: string): string => readFileSync(join(SAMPLES, path), 'utf8');
const TASKS = ['task-file.yaml', 'task-file.json', 'task-json.json', 'bug-fix/task.yaml'];

describe('the samples', () => {
  it.each(TASKS)('%s is a task by the schema, and every key of it is read', (path) => {
    const task = successOf(parseYamlTask(read(path)));
    expect(decodeTaskSpec(task)).toMatchObject({ ok: true, value: { version: 'v1' } });
    expect(createSchemaJudge()('task.json', task)).toBeNull();
    expect(unknownTaskKeys(JSON.parse(JSON.stringify(task)))).toEqual([]);
  });

  it('are all described', () => {
    const names = readdirSync(SAMPLES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && basename(entry.parentPath) !== 'repository' && entry.name !== 'README.md')
      .map(({ name }) => name);
    expect(names.filter((name) => !read('README.md').includes(name))).toEqual([]);
  });
});

describe('each input of the samples', { timeout: 120_000 }, () => {
  it('completes as the page says it is handed over', async () => {
    const { cli, json } = createCliRepository();
    await cli('up', '--port', '0');
    await cli('run', 'start', 'my-run');
    const at = (name: string): string => join(SAMPLES, name);
    const direct = ['--adapter', 'simulation'];
    const inputs = [
      [at('task-file.yaml')],
      [at('task-file.json')],
      ['--task-json', at('task-json.json')],
      ['--prompt-file', at('prompt.md'), ...direct],
      ['--goal', read('goals.txt').trim().split('\n').at(-1) ?? '', ...direct],
    ];
    const results: Record<string, unknown>[] = [];
    for (const input of inputs) results.push(await json('submit', 'my-run', ...input, '--wait'));
    expect(results.map((result) => [result['state'], result['files_changed']])).toEqual([
      ['completed', ['NOTICE.md']],
      ['completed', ['FILES.txt']],
      ['completed', ['answer.txt']],
      ['completed', null],
      ['completed', null],
    ]);
  });

  it('the lists name tasks and prompts that are there', () => {
    const named = ['task-files.txt', 'task-json-files.txt', 'prompt-files.txt']
      .flatMap((list) => read(list).split('\n'))
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(read(name)).not.toBe('');
  });

  it('the bug is there before the fix and not after it', async () => {
    const { repository, root, cli, json } = createCliRepository();
    cpSync(join(SAMPLES, 'bug-fix/repository'), root, { recursive: true });
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'a bug');
    await cli('up', '--port', '0');
    const unfixed = await json(
      'submit',
      '--new-run',
      '--goal',
      'x',
      '--adapter',
      'simulation',
      '--validation',
      'node --test',
      '--wait',
    );
    expect(unfixed).toMatchObject({ state: 'failed_validation' });
    const fixed = await json('submit', '--new-run', join(SAMPLES, 'bug-fix/task.yaml'), '--wait');
    expect(fixed).toMatchObject({ state: 'completed', files_changed: ['total.mjs'] });
    const diff = await cli('step', 'diff', String(fixed['step_id']));
    expect(diff.stdout).toContain(
      '+export const total = (prices) => (prices.reduce((sum, price) => sum + price, 0)).toFixed(2);',
    );
  });
});
