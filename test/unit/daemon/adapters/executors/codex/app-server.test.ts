import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Activity } from '../../../../../../contract/activity.ts';
import type { PermissionAnswer, PermissionRequest } from '../../../../../../contract/permission.ts';
import type { AgentSignal } from '../../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { addSignal, noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { converse } from '../../../../../../main/daemon/adapters/executors/codex/converse.ts';

const FOLDER = join(import.meta.dirname, '../../../../../fixtures/agents/codex-app-server');
const Line = z.object({ from: z.string(), message: z.record(z.string(), z.unknown()) });

/** What the app-server of Codex wrote in a recorded talk. */
const recorded = (name: string): readonly string[] =>
  readFileSync(join(FOLDER, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)))
    .flatMap(({ from, message }) => (from === 'agent' ? [JSON.stringify(message)] : []));

const TALKS = ['ask-allow', 'ask-reject', 'cancel', 'failing-shell', 'http-400', 'http-429-once', 'text', 'thoughts'];

function talk(answer: PermissionAnswer | null = { answer: 'allow', scope: 'once' }, thread: string | null = null) {
  const sent: Record<string, unknown>[] = [];
  const signals: AgentSignal[] = [];
  const asked: { readonly request: PermissionRequest; readonly signal: AbortSignal }[] = [];
  let finished = 0;
  const conversation = converse({
    listener: {
      signal: (signal) => signals.push(signal),
      askPermission: (request, signal) => {
        asked.push({ request, signal });
        return answer === null ? new Promise(() => undefined) : Promise.resolve(answer);
      },
      finish: () => {
        finished += 1;
      },
    },
    worktreePath: '/repository',
    thread,
    prompt: 'Do it',
    settings: { cwd: '/repository', sandbox: 'workspace-write' },
  });
  const say = (message: object) => conversation.onLine(JSON.stringify(message));
  conversation.begin?.({ write: (text) => sent.push(JSON.parse(text)), end: () => undefined });
  /** Up to the turn, as far as the server is concerned. */
  const open = () => {
    say({ id: 1, result: {} });
    say({ id: 2, result: { thread: { id: 't-1' }, model: 'gpt-x' } });
    say({ id: 3, result: { turn: { id: 'u-1' } } });
  };
  const facts = () => signals.reduce(addSignal, noFacts);
  const told = () => signals.flatMap((one) => (one.of === 'activity' ? [one.activity] : []));
  return { conversation, say, open, sent, signals, asked, finished: () => finished, facts, told };
}

async function replay(name: string, answer?: PermissionAnswer) {
  const play = talk(answer);
  for (const line of recorded(name)) {
    play.conversation.onLine(line);
    await new Promise(setImmediate);
  }
  return play;
}

describe('a talk with the app-server of Codex', () => {
  it('CODEX-12: says hello, opens a thread, and hands over the prompt', () => {
    const { open, sent, told } = talk();
    open();
    expect(sent.map(({ method }) => method)).toEqual(['initialize', 'initialized', 'thread/start', 'turn/start']);
    expect(sent[3]?.['params']).toEqual({ threadId: 't-1', input: [{ type: 'text', text: 'Do it' }] });
    expect(told()).toEqual([{ kind: 'session', session: 't-1', model: 'gpt-x' }]);
  });

  it('CODEX-3: goes on with a thread', () => {
    const { open, sent } = talk(undefined, 't-1');
    open();
    expect(sent[2]).toMatchObject({ method: 'thread/resume', params: { threadId: 't-1', cwd: '/repository' } });
  });

  it.each([
    ['text', 'completed', 'Done, and no tool was needed.'],
    ['thoughts', 'completed', 'Done, after some thought.'],
    ['failing-shell', 'completed', 'Done: the command ran.'],
    ['http-429-once', 'completed', 'Done: hello.txt is written.'],
    ['ask-allow', 'completed', 'Done: the command ran.'],
    ['http-400', 'failed', ''],
    ['cancel', 'interrupted', ''],
  ])('CODEX-12: recorded, %s ends %s', async (name, terminal, answer) => {
    const { facts, finished } = await replay(name);
    expect(facts()).toMatchObject({ terminal, answer });
    expect(finished()).toBe(1);
  });

  it('CODEX-12: tells messages and thoughts in pieces, and none of them twice', async () => {
    const { told } = await replay('thoughts');
    const pieces = (kind: 'message' | 'thought') =>
      told().flatMap((one) => (one.kind === kind && one.isDelta ? [one.text] : []));
    expect(pieces('thought').join('')).toBe('First think, then answer.');
    expect(pieces('message').join('')).toBe('Done, after some thought.');
    expect(told().filter((one) => (one.kind === 'message' || one.kind === 'thought') && !one.isDelta)).toEqual([]);
  });

  it('CODEX-5, CODEX-13: sums up what each request used', async () => {
    const { facts } = await replay('failing-shell');
    expect(facts().modelRequests).toBe(2);
    expect(facts().usage).toEqual({
      inputTokens: 2400,
      cachedInputTokens: 400,
      outputTokens: 68,
      costUsd: null,
      basis: 'corrected',
    });
  });

  it('CODEX-6: tells a retry with its status, and no error', async () => {
    const { facts, told } = await replay('http-429-once');
    expect(told().find(({ kind }) => kind === 'retry')).toMatchObject({ attempt: 1, status: 429 });
    expect(facts().errors).toEqual([]);
  });
});

describe('what Codex asks over the app-server', () => {
  const APPROVAL = 'item/commandExecution/requestApproval';
  const command = {
    id: 0,
    method: APPROVAL,
    params: {
      threadId: 't-1',
      turnId: 'u-1',
      itemId: 'c',
      command: 'rm -r x',
      cwd: '/work',
      reason: 'why not',
      extra: 1,
    },
  };
  const answered = async (answer: PermissionAnswer, message: object = command) => {
    const { open, say, sent } = talk(answer);
    open();
    say(message);
    await new Promise(setImmediate);
    return sent.at(-1);
  };

  it('CODEX-14: is shown in full', async () => {
    const { asked } = await replay('ask-allow');
    expect(asked.map(({ request }) => request)).toMatchObject([
      { tool: 'shell', toolKind: 'execute', cwd: '/repository', command: expect.stringContaining('hello.txt') },
    ]);
    const { open, say, asked: mine } = talk(null);
    open();
    say(command);
    expect(mine[0]?.request).toEqual({
      tool: 'shell',
      toolKind: 'execute',
      title: 'rm -r x',
      command: 'rm -r x',
      cwd: '/work',
      paths: [],
      diff: null,
      input: '{"extra":1}',
      reason: 'why not',
    });
  });

  it('CODEX-14: leaves out what Codex offers to remember, and which answers it knows', () => {
    const { open, say, asked } = talk(null);
    open();
    const offers = { proposedExecpolicyAmendment: ['rm'], availableDecisions: ['accept', 'cancel'] };
    say({ ...command, params: { ...command.params, ...offers } });
    expect(asked[0]?.request.input).toBe('{"extra":1}');
  });

  it('CODEX-14: shows what would be written, which the question itself does not', () => {
    const { open, say, asked } = talk(null);
    open();
    const changes = [{ path: '/repository/a.txt', kind: { type: 'update', move_path: null }, diff: '@@ -1 +1 @@' }];
    say({ method: 'item/started', params: { threadId: 't-1', item: { type: 'fileChange', id: 'f', changes } } });
    say({ id: 1, method: 'item/fileChange/requestApproval', params: { itemId: 'f', reason: null } });
    expect(asked[0]?.request).toMatchObject({
      tool: 'apply_patch',
      toolKind: 'edit',
      title: 'Change a.txt',
      paths: ['a.txt'],
      diff: 'update /repository/a.txt\n@@ -1 +1 @@',
    });
  });

  it('CODEX-14: names where a file would go, and what would be written in from then on', () => {
    const { open, say, asked } = talk(null);
    open();
    const changes = [{ path: '/repository/a.txt', kind: { type: 'update', move_path: '/etc/a.txt' }, diff: '' }];
    say({ method: 'item/started', params: { threadId: 't-1', item: { type: 'fileChange', id: 'f', changes } } });
    say({ id: 1, method: 'item/fileChange/requestApproval', params: { itemId: 'f', grantRoot: '/' } });
    expect(asked[0]?.request.paths).toEqual(['a.txt', '/etc/a.txt', '/']);
  });

  it.each<[PermissionAnswer, string]>([
    [{ answer: 'allow', scope: 'once' }, 'accept'],
    [{ answer: 'allow', scope: 'attempt' }, 'accept'],
    [{ answer: 'reject', reason: 'no' }, 'decline'],
    [{ answer: 'cancelled' }, 'cancel'],
  ])('CODEX-15: is answered: %o is %s', async (answer, decision) => {
    expect(await answered(answer)).toEqual({ id: 0, result: { decision } });
  });

  it('CODEX-15: a wider sandbox is granted as it was asked for, or not at all', async () => {
    const permissions = { network: { enabled: true } };
    const wider = { id: 7, method: 'item/permissions/requestApproval', params: { itemId: 'p', permissions } };
    const allowed = await answered({ answer: 'allow', scope: 'attempt' }, wider);
    expect(allowed).toEqual({ id: 7, result: { permissions, scope: 'turn' } });
    const refused = await answered({ answer: 'reject', reason: 'no' }, wider);
    expect(refused).toEqual({ id: 7, result: { permissions: {}, scope: 'turn' } });
  });

  it('CODEX-15: a question that Codex has settled itself is taken back', () => {
    const { open, say, asked } = talk(null);
    open();
    say(command);
    say({ method: 'serverRequest/resolved', params: { threadId: 't-1', requestId: 0 } });
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('CODEX-16: a rejected command is a denial', async () => {
    const { facts } = await replay('ask-reject', { answer: 'reject', reason: 'no' });
    expect(facts().denials).toHaveLength(1);
  });

  it('CODEX-17: what nobody here can give is refused, and its questions are kept', async () => {
    const cancelled = { answer: 'cancelled' } as const;
    expect(await answered(cancelled, { id: 4, method: 'item/tool/call', params: {} })).toMatchObject({
      id: 4,
      error: { code: -32601 },
    });
    expect(await answered(cancelled, { id: 5, method: 'mcpServer/elicitation/request', params: {} })).toMatchObject({
      id: 5,
      result: { action: 'decline' },
    });
    const { open, say, sent, facts } = talk();
    open();
    const questions = [{ id: 'q', question: 'Which one?' }];
    say({ id: 6, method: 'item/tool/requestUserInput', params: { questions } });
    expect(facts().questions).toEqual(['Which one?']);
    expect(sent.at(-1)).toEqual({ id: 6, result: { answers: {} } });
  });
});

describe('the end of a talk with the app-server', () => {
  it('CODEX-18: interrupts the turn, or leaves when there is none', () => {
    const { conversation, open, sent, finished } = talk();
    conversation.interrupt?.();
    expect(finished()).toBe(1);
    open();
    conversation.interrupt?.();
    expect(sent.at(-1)).toMatchObject({ method: 'turn/interrupt', params: { threadId: 't-1', turnId: 'u-1' } });
  });

  it('CODEX-12: fails with the words of a refusal', () => {
    const { say, facts, finished } = talk();
    say({ id: 1, result: {} });
    say({ id: 2, error: { code: -32600, message: 'no rollout found for thread id x' } });
    expect(facts()).toMatchObject({
      terminal: 'failed',
      errors: [{ kind: 'other', text: 'no rollout found for thread id x' }],
    });
    expect(finished()).toBe(1);
  });

  it('CODEX-19: is not that of an agent that the agent has started', () => {
    const { open, say, facts, finished } = talk();
    open();
    say({ method: 'item/completed', params: { threadId: 't-2', item: { type: 'agentMessage', id: 'm', text: 'I' } } });
    say({ method: 'turn/completed', params: { threadId: 't-2', turn: { id: 'u-2', status: 'completed' } } });
    expect([facts().terminal, facts().answer, finished()]).toEqual([null, '', 0]);
    say({ method: 'turn/completed', params: { threadId: 't-1', turn: { id: 'u-1', status: 'completed' } } });
    expect([facts().terminal, finished()]).toEqual(['completed', 1]);
  });
});

describe('CODEX-4: a talk that is not as it should be', () => {
  // Answers to us are left out: one of another shape is a reason to stop.
  const lines = TALKS.flatMap(recorded).filter((line) => !line.includes('"result"'));
  const line = fc.constantFrom(...lines);
  const garbled = fc
    .tuple(line, fc.nat(), fc.nat(), fc.string({ unit: 'binary' }))
    .map(([one, from, length, noise]) => {
      const at = from % (one.length + 1);
      return one.slice(0, at) + noise + one.slice(at + (length % 40));
    });
  const changed = fc.tuple(line, fc.json()).map(([one, json]) => one.replace(/:("[^"]*"|\d+|\{\})/, `:${json}`));

  it('never throws, and tells nothing that the contract does not know', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, garbled, changed, fc.json(), fc.string())), (stream) => {
        const { conversation, open, told } = talk(null);
        open();
        for (const one of stream) conversation.onLine(one);
        for (const activity of told()) expect(Activity.safeParse(activity).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
