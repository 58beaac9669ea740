import { describe, expect, it } from 'vitest';
import { converse, type Turn } from '../../../../../../main/daemon/adapters/executors/acp/converse.ts';
import type { AskPermission } from '../../../../../../main/daemon/adapters/executors/executor.ts';
import { ANSWERS, type Heard, hearWith } from '../../../../../support/converse-with.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

interface Sent {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

/** An agent that a test writes the lines of. */
interface Peer extends Heard {
  readonly sent: readonly Sent[];
  /** Waits for a call of ours and answers it. */
  readonly answer: (method: string, result: object) => Promise<void>;
  readonly fail: (method: string, error: object) => Promise<void>;
  readonly say: (message: object) => void;
  readonly replyTo: (id: number) => Promise<Sent>;
  readonly interrupt: () => void;
  readonly breakOff: (line: string) => void;
  readonly log: (line: string) => void;
}

function talk(turn: Partial<Turn> = {}, ask: AskPermission = async () => ANSWERS.allow): Peer {
  const heard = hearWith(ask);
  const sent: Sent[] = [];
  const common = { worktreePath: '/w', prompt: 'Do it', resumeSession: null, mode: null };
  const conversation = converse({ listener: heard.listener, ...common, ...turn });
  conversation.begin?.({ write: (text) => void sent.push(JSON.parse(text)), end: () => undefined });
  const say = (message: object) => conversation.onLine(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const reply = async (method: string, outcome: object) => {
    const call = () => sent.find((one) => one.method === method);
    await waitUntil(() => call() !== undefined);
    say({ id: call()?.id, ...outcome });
  };
  return {
    ...heard,
    sent,
    say,
    answer: (method, result) => reply(method, { result }),
    fail: (method, error) => reply(method, { error }),
    async replyTo(id) {
      const found = () => sent.find((one) => one.id === id && one.method === undefined);
      await waitUntil(() => found() !== undefined);
      return found() ?? {};
    },
    interrupt: () => conversation.interrupt?.(),
    breakOff: (line) => conversation.onLine(line),
    log: (line) => conversation.onErrorLine?.(line),
  };
}

const greeting = { protocolVersion: 1, agentCapabilities: {} };
const promised = async (peer: Peer): Promise<void> => {
  await peer.answer('initialize', greeting);
  await peer.answer('session/new', { sessionId: 's1' });
  await waitUntil(() => peer.sent.some(({ method }) => method === 'session/prompt'));
};

const options = [
  { optionId: 'x-always', name: 'Always', kind: 'allow_always' },
  { optionId: 'x-yes', name: 'Yes', kind: 'allow_once' },
  { optionId: 'x-no', name: 'No', kind: 'reject_once' },
];
const question = (id: number, command: string) => ({
  id,
  method: 'session/request_permission',
  params: { sessionId: 's1', options, toolCall: { toolCallId: `c${id}`, kind: 'execute', rawInput: { command } } },
});
const update = (update: object) => ({ method: 'session/update', params: { sessionId: 's1', update } });
const chunkOf = (text: string) => ({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
const chunk = (text: string) => update(chunkOf(text));
const errorsOf = (peer: Peer) => peer.signals.filter(({ of }) => of === 'error');
const lastWordOf = (peer: Peer) => peer.signals.findLast(({ of }) => of === 'terminal');
const untilTakenBack: AskPermission = (_, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(ANSWERS.cancelled)));

describe('a turn over the Agent Client Protocol', () => {
  it.each([
    ['allow', { outcome: { outcome: 'selected', optionId: 'x-yes' } }],
    ['reject', { outcome: { outcome: 'selected', optionId: 'x-no' } }],
    ['cancelled', { outcome: { outcome: 'cancelled' } }],
  ] as const)('ACP-4: %s is chosen by what it means', async (answer, result) => {
    const peer = talk({}, async () => ANSWERS[answer]);
    await promised(peer);
    peer.say(question(0, 'rm -rf build'));
    expect((await peer.replyTo(0)).result).toEqual(result);
    expect(peer.asked).toMatchObject([{ command: 'rm -rf build', toolKind: 'execute', cwd: '/w' }]);
  });

  it('ACP-9: a call that was rejected is denied, whatever the agent tells of it', async () => {
    const peer = talk({}, async () => ANSWERS.reject);
    await promised(peer);
    peer.say(question(0, 'ls'));
    await peer.replyTo(0);
    peer.say(update({ sessionUpdate: 'tool_call_update', toolCallId: 'c0', status: 'failed' }));
    await waitUntil(() => peer.told().filter(({ kind }) => kind === 'tool_call').length === 3);
    expect(peer.told().map((one) => ('status' in one ? one.status : one.kind))).toEqual([
      'session',
      'pending',
      'denied',
      'denied',
    ]);
  });

  describe('ACP-11: an agent that writes into its log that it asks its model', () => {
    const asks = (session = 's1') =>
      `timestamp=2026-11-22T00:55:02.085Z level=INFO run=5b message=stream modelID=m session.id=${session} small=false agent=build`;
    const requestsOf = (peer: Peer) => peer.signals.filter(({ of }) => of === 'model_request');
    const calls = (toolCallId: string) =>
      update({ sessionUpdate: 'tool_call', toolCallId, title: 'write', status: 'pending' });

    it('nothing came of a request that another one follows', async () => {
      const peer = talk();
      await promised(peer);
      for (const session of ['s1', 's1', 'of-a-subagent', 's1']) peer.log(asks(session));
      expect(requestsOf(peer)).toEqual([
        { of: 'model_request', isFruitful: false },
        { of: 'model_request', isFruitful: false },
      ]);
    });

    it('half an answer is nothing when the model is asked again', async () => {
      const peer = talk();
      await promised(peer);
      for (const half of ['Done: ', 'Done: ', 'Done: ']) {
        peer.log(asks());
        peer.say(chunk(half));
      }
      await waitUntil(() => peer.told().filter(({ kind }) => kind === 'message').length === 3);
      expect(requestsOf(peer).filter((one) => one.of === 'model_request' && !one.isFruitful)).toHaveLength(2);
    });

    it('hundreds of calls are hundreds of requests of which something came', async () => {
      const peer = talk();
      await promised(peer);
      for (let call = 0; call < 300; call += 1) {
        peer.log(asks());
        peer.say(calls(`c${call}`));
        await waitUntil(() => peer.told().filter(({ kind }) => kind === 'tool_call').length === call + 1);
      }
      expect(requestsOf(peer).every((one) => one.of === 'model_request' && one.isFruitful)).toBe(true);
    });
  });

  it('ACP-5: two questions are answered out of order, each to its own', async () => {
    const open = new Map<string, PromiseWithResolvers<typeof ANSWERS.allow | typeof ANSWERS.reject>>();
    const peer = talk({}, ({ command }) => {
      const waiting = Promise.withResolvers<typeof ANSWERS.allow | typeof ANSWERS.reject>();
      open.set(command ?? '', waiting);
      return waiting.promise;
    });
    await promised(peer);
    peer.say(question(0, 'first'));
    peer.say(question(1, 'second'));
    await waitUntil(() => open.size === 2);
    open.get('second')?.resolve(ANSWERS.reject);
    expect((await peer.replyTo(1)).result).toMatchObject({ outcome: { optionId: 'x-no' } });
    expect(peer.sent.some(({ id, method }) => id === 0 && method === undefined)).toBe(false);
    open.get('first')?.resolve(ANSWERS.allow);
    expect((await peer.replyTo(0)).result).toMatchObject({ outcome: { optionId: 'x-yes' } });
  });

  it('ACP-5: a question that is taken back is answered so', async () => {
    const peer = talk({}, untilTakenBack);
    await promised(peer);
    peer.say(question(7, 'ls'));
    await waitUntil(() => peer.asked.length === 1);
    peer.say({ method: '$/cancel_request', params: { requestId: 7 } });
    const { result, error } = await peer.replyTo(7);
    expect(result ?? error).toBeDefined();
    expect(result).not.toMatchObject({ outcome: { outcome: 'selected' } });
  });

  it('ACP-5: a call that nobody here knows is answered', async () => {
    const peer = talk();
    await promised(peer);
    peer.say({ id: 3, method: 'craft/drainMidTurnQueue', params: {} });
    peer.say({ id: 4, method: 'fs/write_text_file', params: { sessionId: 's1', path: '/w/a', content: '' } });
    expect((await peer.replyTo(3)).error?.code).toBe(-32601);
    expect((await peer.replyTo(4)).error?.code).toBe(-32601);
  });

  it('ACP-3, ACP-9: the mode comes before the prompt, and the answer is what was said last', async () => {
    const peer = talk({ mode: 'default' });
    await peer.answer('initialize', greeting);
    await peer.answer('session/new', { sessionId: 's1' });
    await peer.answer('session/set_mode', {});
    await waitUntil(() => peer.sent.length === 4);
    for (const text of ['I will ', 'look.']) peer.say(chunk(text));
    peer.say(update({ sessionUpdate: 'tool_call', toolCallId: 'c', title: 'ls', status: 'completed' }));
    for (const text of ['It is ', 'there.']) peer.say(chunk(text));
    await peer.answer('session/prompt', { stopReason: 'end_turn' });
    await waitUntil(() => peer.finishes() === 1);
    expect(peer.sent.map(({ method }) => method)).toEqual([
      'initialize',
      'session/new',
      'session/set_mode',
      'session/prompt',
    ]);
    expect(peer.signals).toContainEqual({ of: 'answer', text: 'It is there.' });
    expect(lastWordOf(peer)).toEqual({ of: 'terminal', word: 'end_turn' });
  });

  it('ACP-6: is stopped by the protocol’s own word, once there is a session', async () => {
    const peer = talk();
    peer.interrupt();
    await promised(peer);
    expect(peer.sent.some(({ method }) => method === 'session/cancel')).toBe(false);
    peer.interrupt();
    await waitUntil(() => peer.sent.some(({ method }) => method === 'session/cancel'));
    await peer.answer('session/prompt', { stopReason: 'cancelled' });
    await waitUntil(() => peer.finishes() === 1);
    expect(lastWordOf(peer)).toEqual({ of: 'terminal', word: 'cancelled' });
  });

  it.each([
    ['session/resume', { sessionCapabilities: { resume: {} }, loadSession: true }],
    ['session/load', { loadSession: true }],
  ])('ACP-8: a session is gone on with by %s, under its own id', async (method, agentCapabilities) => {
    const peer = talk({ resumeSession: 'old' });
    await peer.answer('initialize', { ...greeting, agentCapabilities });
    await waitUntil(() => peer.sent.some((one) => one.method === method));
    peer.say(chunk('what was said long ago'));
    const past = { inputTokens: 1000, outputTokens: 1000 };
    peer.say(update({ ...chunkOf('then'), _meta: { usage: past } }));
    await peer.answer(method, {});
    await waitUntil(() => peer.sent.some((one) => one.method === 'session/prompt'));
    peer.say(chunk('now'));
    peer.say(update({ sessionUpdate: 'usage_update', used: 1, size: 2, cost: { amount: 5, currency: 'USD' } }));
    peer.say(update({ ...chunkOf('!'), _meta: { usage: { inputTokens: 7, outputTokens: 1 } } }));
    await peer.answer('session/prompt', { stopReason: 'end_turn' });
    await waitUntil(() => peer.finishes() === 1);
    expect(peer.told()).toEqual([
      { kind: 'session', session: 'old' },
      { kind: 'message', text: 'now', isDelta: true },
      { kind: 'message', text: '!', isDelta: true },
      { kind: 'usage', usage: expect.objectContaining({ inputTokens: 7, costUsd: null }) },
    ]);
    const called = peer.sent.find((one) => one.method === method);
    expect(called?.params).toMatchObject({ sessionId: 'old', cwd: '/w' });
  });

  it('ACP-8, ACP-10: who cannot go on with a session says so', async () => {
    const peer = talk({ resumeSession: 'old' });
    await peer.answer('initialize', greeting);
    await waitUntil(() => peer.finishes() === 1);
    const text = 'this agent cannot go on with an earlier session';
    expect(errorsOf(peer)).toEqual([{ of: 'error', kind: 'other', text }]);
    expect(lastWordOf(peer)).toEqual({ of: 'terminal', word: 'error' });
  });

  it.each([
    [{ code: -32000, message: 'Authentication required' }, 'auth', 'Authentication required'],
    [{ code: -32602, message: 'Invalid params' }, 'other', 'Invalid params'],
  ])('ACP-10: %o before the prompt is of kind %s', async (error, kind, text) => {
    const peer = talk();
    await peer.answer('initialize', greeting);
    await peer.fail('session/new', error);
    await waitUntil(() => peer.finishes() === 1);
    expect(errorsOf(peer)).toEqual([{ of: 'error', kind, text }]);
  });

  it.each([
    [{ code: -32603, message: 'Internal error', data: { details: '429 Slow down.' } }, 'rate_limit', '429 Slow down.'],
    [
      { code: -32603, message: 'Tool-call loop protection stopped this turn.', data: { code: 'LOOP_DETECTED' } },
      'loop',
      'Tool-call loop protection stopped this turn.',
    ],
    [{ code: 401, message: '{"error":{"code":401,"message":"Who?"}}' }, 'auth', 'Who?'],
    [{ code: -32603, message: 'Internal error: Gone.', data: { service: 'x' } }, 'model', 'Gone.'],
    [{ code: -32603, message: 'Internal error', data: { at: 'x' } }, 'model', 'Internal error: {"at":"x"}'],
  ])('ACP-10: %o is shown by the sentence in it', async (error, kind, text) => {
    const peer = talk();
    await promised(peer);
    await peer.fail('session/prompt', error);
    await waitUntil(() => peer.finishes() === 1);
    expect(errorsOf(peer)).toEqual([{ of: 'error', kind, text }]);
  });

  it('ACP-7: what is told in pieces is summed up, and opencode’s last request is not the turn', async () => {
    const told = async (agentInfo: object, answer: object) => {
      const peer = talk();
      await peer.answer('initialize', { ...greeting, agentInfo });
      await peer.answer('session/new', { sessionId: 's1' });
      await waitUntil(() => peer.sent.length === 3);
      for (const inputTokens of [10, 20]) {
        const usage = { inputTokens, outputTokens: 1, totalTokens: inputTokens + 1, cachedReadTokens: 5 };
        peer.say(update({ ...chunkOf(''), _meta: { usage } }));
      }
      await peer.answer('session/prompt', { stopReason: 'end_turn', ...answer });
      await waitUntil(() => peer.finishes() === 1);
      return peer.told().find(({ kind }) => kind === 'usage');
    };
    const usage = { inputTokens: 30, cachedInputTokens: 10, outputTokens: 2, costUsd: null, basis: 'corrected' };
    expect(await told({ name: 'qwen-code', version: '1' }, {})).toEqual({ kind: 'usage', usage });
    const last = { usage: { inputTokens: 9, outputTokens: 9 } };
    expect(await told({ name: 'OpenCode', version: '1' }, last)).toBeUndefined();
  });

  it('ACP-12: what is no message, or not as it should be, hurts nobody', async () => {
    const peer = talk();
    await promised(peer);
    for (const line of ['', 'prose', '{', '[]', 'null', '{"jsonrpc":"1.0"}', '{"jsonrpc":"2.0"}']) peer.breakOff(line);
    peer.say({ id: 99, result: {} });
    peer.say({ method: 'session/update', params: { update: { sessionUpdate: 'tool_call', toolCallId: 5 } } });
    peer.say({ method: 'session/update', params: null });
    peer.say({ id: 6, method: 'session/request_permission', params: { nothing: true } });
    expect((await peer.replyTo(6)).error).toBeDefined();
    await peer.answer('session/prompt', { stopReason: 'end_turn' });
    await waitUntil(() => peer.finishes() === 1);
    expect(lastWordOf(peer)).toEqual({ of: 'terminal', word: 'end_turn' });
  });
});
