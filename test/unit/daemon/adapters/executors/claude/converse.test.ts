import { describe, expect, it } from 'vitest';
import type { PermissionAnswer } from '../../../../../../contract/permission.ts';
import { converse } from '../../../../../../main/daemon/adapters/executors/claude/converse.ts';
import type { Dialect } from '../../../../../../main/daemon/adapters/executors/claude/dialect.ts';
import type { AskPermission } from '../../../../../../main/daemon/adapters/executors/executor.ts';
import { ANSWERS, hearWith } from '../../../../../support/converse-with.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

const CLAUDE: Dialect = { greeting: null, questionTool: 'AskUserQuestion', cachedTokens: 'beside' };

function talk(ask: AskPermission = async () => ANSWERS.allow, dialect: Dialect = CLAUDE) {
  const heard = hearWith(ask);
  const sent: unknown[] = [];
  const conversation = converse({ listener: heard.listener, worktreePath: '/w', prompt: 'Do it', dialect });
  conversation.begin?.({ write: (text) => void sent.push(JSON.parse(text)), end: () => undefined });
  const say = (message: object) => conversation.onLine(JSON.stringify(message));
  const answers = () => sent.slice(dialect.greeting === null ? 1 : 2);
  return { ...heard, sent, say, answers, conversation };
}

const canUse = (id: string, more: object = {}) => ({
  type: 'control_request',
  request_id: id,
  request: {
    subtype: 'can_use_tool',
    tool_name: 'Bash',
    input: { command: `run ${id}` },
    tool_use_id: `t-${id}`,
    ...more,
  },
});
const answer = (id: string, response: object) => ({
  type: 'control_response',
  response: { subtype: 'success', request_id: id, response },
});
const result = (more: object = {}) => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: 'Done',
  ...more,
});

describe('the talk with Claude Code', () => {
  it.each<[keyof typeof ANSWERS, object]>([
    ['allow', { behavior: 'allow', updatedInput: { command: 'run 1' } }],
    ['reject', { behavior: 'deny', message: 'A person said no.' }],
    ['cancelled', { behavior: 'deny', message: 'Nobody can answer any more.', interrupt: true }],
  ])('CLAUDE-3: %s', async (given, response) => {
    const { say, answers, asked } = talk(async () => ANSWERS[given]);
    say(canUse('1'));
    await waitUntil(() => answers().length === 1);
    expect(answers()).toEqual([answer('1', response)]);
    expect(asked).toMatchObject([{ tool: 'Bash', toolKind: 'execute', command: 'run 1', cwd: '/w' }]);
  });

  it.each([
    ['every path that it names', { file_path: 'a', path: '/etc/passwd' }, ['/w/a', '/etc/passwd'], '/w'],
    ['a path of a home as it is', { file_path: '~/.bashrc' }, ['~/.bashrc'], '/w'],
    ['a path behind blanks as it is', { file_path: ' /etc/passwd' }, [' /etc/passwd'], '/w'],
    ['where a command would run', { command: 'make', directory: '/elsewhere' }, [], '/elsewhere'],
    ['where a command would run, below the worktree', { command: 'make', directory: 'lib' }, [], '/w/lib'],
  ])('CLAUDE-3: shows %s', async (_, input, paths, cwd) => {
    const { say, asked } = talk();
    say(canUse('1', { input }));
    await waitUntil(() => asked.length === 1);
    expect(asked[0]).toMatchObject({ paths, cwd });
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'CLAUDE-3: a tool that calls itself %s is of no kind',
    async (name) => {
      const { say, asked, told } = talk();
      say(canUse('1', { tool_name: name }));
      say({ type: 'assistant', message: { id: 'm', content: [{ type: 'tool_use', id: 'c', name, input: {} }] } });
      await waitUntil(() => asked.length === 1);
      expect(asked[0]?.toolKind).toBe('other');
      expect(told()).toMatchObject([{ kind: 'tool_call', tool: 'other', name }]);
    },
  );

  it('CLAUDE-3: what an edit replaces is shown as lines that go and come', async () => {
    const { say, asked } = talk();
    const input = { file_path: 'src/a.ts', old_string: 'one\ntwo', new_string: 'three' };
    say(canUse('1', { tool_name: 'Edit', input }));
    await waitUntil(() => asked.length === 1);
    expect(asked[0]).toMatchObject({ toolKind: 'edit', paths: ['/w/src/a.ts'], input: JSON.stringify(input) });
    expect(asked[0]?.diff?.split('\n').slice(2)).toEqual(['@@', '-one', '-two', '+three']);
  });

  it('CLAUDE-3: two questions are answered out of order, each to its own', async () => {
    const open = new Map<string | null, (answer: PermissionAnswer) => void>();
    const { say, answers } = talk(({ command }) => new Promise((resolve) => open.set(command, resolve)));
    say(canUse('1'));
    say(canUse('2'));
    await waitUntil(() => open.size === 2);
    open.get('run 2')?.(ANSWERS.reject);
    await waitUntil(() => answers().length === 1);
    open.get('run 1')?.(ANSWERS.allow);
    await waitUntil(() => answers().length === 2);
    expect(answers()).toMatchObject([
      { response: { request_id: '2', response: { behavior: 'deny' } } },
      { response: { request_id: '1', response: { behavior: 'allow' } } },
    ]);
  });

  it('CLAUDE-4: a question that is taken back is not answered', async () => {
    let isTakenBack = false;
    const ask: AskPermission = ({ command }, signal) =>
      new Promise((resolve) => {
        if (command === 'run 2') resolve(ANSWERS.allow);
        signal.addEventListener('abort', () => {
          isTakenBack = true;
          resolve(ANSWERS.cancelled);
        });
      });
    const { say, answers } = talk(ask);
    say(canUse('1'));
    say({ type: 'control_cancel_request', request_id: '1' });
    say({ type: 'control_cancel_request', request_id: 'never asked' });
    say(canUse('2'));
    await waitUntil(() => answers().length === 1);
    expect(isTakenBack).toBe(true);
    expect(answers()).toMatchObject([{ response: { request_id: '2' } }]);
  });

  it('CLAUDE-4: its question to a person is recorded, and refused so that the turn ends with it', () => {
    const { say, answers, signals, asked } = talk();
    const questions = [{ question: 'Which one?', options: [] }, { question: 'And when?' }, { no: 'question' }];
    say(canUse('1', { tool_name: 'AskUserQuestion', input: { questions } }));
    expect(signals).toEqual([
      { of: 'question', text: 'Which one?' },
      { of: 'question', text: 'And when?' },
    ]);
    expect(answers()).toMatchObject([{ response: { response: { behavior: 'deny' } } }]);
    expect(asked).toEqual([]);
  });

  it('CLAUDE-4: a control request that nobody here knows is answered as an error', () => {
    const { say, answers } = talk();
    say({ type: 'control_request', request_id: '9', request: { subtype: 'mcp_message' } });
    const error = 'unknown request mcp_message';
    expect(answers()).toEqual([{ type: 'control_response', response: { subtype: 'error', request_id: '9', error } }]);
  });

  it('CLAUDE-2: the prompt is told once, whatever comes', () => {
    const { say, sent } = talk();
    say({ type: 'system', subtype: 'init', session_id: 's' });
    say(result());
    expect(sent).toEqual([{ type: 'user', message: { role: 'user', content: [{ type: 'text', text: 'Do it' }] } }]);
  });

  it('CLAUDE-5: is interrupted by its own word, and is over with its result', () => {
    const { say, answers, conversation, finishes } = talk();
    conversation.interrupt?.();
    expect(answers()).toEqual([{ type: 'control_request', request_id: 'stop', request: { subtype: 'interrupt' } }]);
    expect(finishes()).toBe(0);
    say(result());
    expect(finishes()).toBe(1);
  });

  it('CLAUDE-6: the third refusal of who asks ends the run', () => {
    const { say, finishes } = talk();
    const refusal = {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      error_status: 401,
      error: 'authentication_failed',
    };
    say(refusal);
    say(refusal);
    expect(finishes()).toBe(0);
    say({ ...refusal, error_status: 500, error: 'unknown' });
    expect(finishes()).toBe(0);
    say(refusal);
    expect(finishes()).toBe(1);
  });

  it('CLAUDE-10: lines that are not understood are passed over', () => {
    const { signals, answers, conversation } = talk();
    const lines = [
      '',
      'prose',
      '{',
      'null',
      '5',
      '{"type":"control_request"}',
      '{"type":"of tomorrow"}',
      '[{"type":1}]',
    ];
    for (const line of lines) conversation.onLine(line);
    expect([signals, answers()]).toEqual([[], []]);
  });

  it('CLAUDE-7: cached tokens are added, and a cost is told when its price is known', () => {
    const { say, told } = talk();
    const usage = { input_tokens: 10, cache_read_input_tokens: 4, cache_creation_input_tokens: 3, output_tokens: 2 };
    say(result({ usage, total_cost_usd: 0.5, modelUsage: { m: { costBasis: 'list' } } }));
    const tokens = { inputTokens: 17, cachedInputTokens: 4, outputTokens: 2 };
    expect(told()).toEqual([{ kind: 'usage', usage: { ...tokens, costUsd: 0.5, basis: 'estimated' } }]);
  });
});

describe('the talk with Qwen Code', () => {
  const QWEN: Dialect = {
    greeting: { type: 'control_request', request_id: 'greeting', request: { subtype: 'initialize' } },
    questionTool: 'ask_user_question',
    cachedTokens: 'within',
  };

  it('QWEN-2, QWEN-3, QWEN-5: is greeted before its prompt, asks, and is interrupted by its own word', async () => {
    const { sent, say, answers, conversation } = talk(async () => ANSWERS.allow, QWEN);
    expect(sent).toEqual([QWEN.greeting, expect.objectContaining({ type: 'user' })]);
    say(canUse('1', { tool_name: 'run_shell_command' }));
    await waitUntil(() => answers().length === 1);
    conversation.interrupt?.();
    expect(answers()).toMatchObject([
      { response: { request_id: '1', response: { behavior: 'allow' } } },
      { request: { subtype: 'interrupt' } },
    ]);
  });

  it('QWEN-4: a call that was rejected is denied, though nothing says so', async () => {
    const { say, answers, told } = talk(async () => ANSWERS.reject, QWEN);
    say(canUse('1'));
    await waitUntil(() => answers().length === 1);
    const block = { type: 'tool_result', tool_use_id: 't-1', is_error: true, content: 'No.' };
    say({ type: 'user', message: { content: [block] } });
    expect(told()).toMatchObject([{ kind: 'tool_call', callId: 't-1', status: 'denied', output: 'No.' }]);
  });

  it('QWEN-3: its question to a person is recorded', () => {
    const { say, signals } = talk(undefined, QWEN);
    say(canUse('1', { tool_name: 'ask_user_question', input: { questions: [{ question: 'Why?' }] } }));
    expect(signals).toEqual([{ of: 'question', text: 'Why?' }]);
  });

  it('QWEN-7: cached tokens are among the input', () => {
    const { say, told } = talk(undefined, QWEN);
    say(result({ usage: { input_tokens: 10, cache_read_input_tokens: 4, output_tokens: 2 } }));
    const tokens = { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2 };
    expect(told()).toEqual([{ kind: 'usage', usage: { ...tokens, costUsd: null, basis: 'reported' } }]);
  });
});
