import { describe, expect, it, onTestFinished } from 'vitest';
import type { Activity } from '../../../../../../contract/activity.ts';
import { ExecutorLimits } from '../../../../../../contract/executor-profile.ts';
import { PermissionRequest } from '../../../../../../contract/permission.ts';
import { createTracker } from '../../../../../../main/daemon/adapters/executors/agent/tracker.ts';
import type { Trip } from '../../../../../../main/daemon/adapters/executors/agent/watchdogs.ts';
import type { AskPermission } from '../../../../../../main/daemon/adapters/executors/executor.ts';

const untilTakenBack: AskPermission = (_, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve({ answer: 'cancelled' });
    else signal.addEventListener('abort', () => resolve({ answer: 'cancelled' }));
  });

function track(
  limits: Partial<ExecutorLimits> = {},
  askPermission: AskPermission = untilTakenBack,
  resumeSession: string | null = null,
) {
  const told: Activity[] = [];
  const trips: Trip[] = [];
  const tracker = createTracker({
    task: { onActivity: (activity) => told.push(activity), askPermission, resumeSession },
    limits: { ...ExecutorLimits.parse({}), ...limits },
    onTrip: (trip) => trips.push(trip),
    onFinish: () => undefined,
  });
  onTestFinished(() => tracker.dispose());
  return { tracker, told, trips };
}

const call = (callId: string): Activity => ({ kind: 'tool_call', callId, status: 'running' });
const request = PermissionRequest.parse({
  tool: 'shell',
  toolKind: 'execute',
  title: 'ls',
  command: 'ls',
  cwd: '/',
  paths: [],
  diff: null,
  input: '{}',
  reason: '',
});

describe('what is known of a run', () => {
  it('AGENT-21: a vendor that begins another session than it was told to go on with is ended, in words', () => {
    const { tracker, trips } = track({}, untilTakenBack, 'old');
    const session = (name: string) =>
      tracker.listener.signal({ of: 'activity', activity: { kind: 'session', session: name } });
    session('old');
    expect(trips).toEqual([]);
    session('new');
    const summary = 'The agent did not go on with session old: it began another one';
    expect(trips).toEqual([{ failureClass: 'adapter_failed', summary }]);
  });

  it('AGENT-3: a use of zeros is not told', () => {
    const { tracker, told } = track();
    const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: 0, basis: 'reported' } as const;
    tracker.listener.signal({ of: 'activity', activity: { kind: 'usage', usage } });
    expect(told).toEqual([]);
    tracker.listener.signal({ of: 'activity', activity: { kind: 'usage', usage: { ...usage, outputTokens: 1 } } });
    expect(told).toHaveLength(1);
  });

  it('AGENT-4: counts a call once, and tells it every time', () => {
    const { tracker, told } = track();
    for (const id of ['a', 'b', 'a']) tracker.listener.signal({ of: 'activity', activity: call(id) });
    expect(tracker.facts().toolCalls).toBe(2);
    expect(told).toHaveLength(3);
  });

  it.each(['--dangerously-skip-permissions', '-', '', 'a b', 'a\n--yolo', 'a\u0000', 'a\u202e', 'x'.repeat(300)])(
    'AGENT-19: %j is no session',
    (session) => {
      const { tracker, told } = track();
      tracker.listener.signal({ of: 'activity', activity: { kind: 'session', session } });
      expect(tracker.facts().session).toBeNull();
      expect(told).toMatchObject([{ kind: 'notice', level: 'warning' }]);
    },
  );

  it.each(['5f0e-11', 'ses_7K', 's.1:2/3', 'café'])('AGENT-19: %s is one', (session) => {
    const { tracker } = track();
    tracker.listener.signal({ of: 'activity', activity: { kind: 'session', session } });
    expect(tracker.facts().session).toBe(session);
  });

  it('AGENT-20: lets others have a turn between questions', async () => {
    let asked = 0;
    const { tracker } = track({}, async () => {
      asked += 1;
      return { answer: 'reject', reason: '' };
    });
    const { signal } = new AbortController();
    const all = Array.from({ length: 50 }, () => tracker.listener.askPermission(request, signal));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(asked).toBeLessThan(10);
    await Promise.all(all);
    expect(asked).toBe(50);
  });

  it('AGENT-14: a question that fails ends the run, and rejects nobody’s promise', async () => {
    const { tracker, trips } = track({}, () => Promise.reject(new Error('no desk')));
    const answer = await tracker.listener.askPermission(request, new AbortController().signal);
    expect(answer).toEqual({ answer: 'cancelled' });
    expect(trips).toMatchObject([{ failureClass: 'adapter_failed', summary: expect.stringContaining('no desk') }]);
  });

  it('AGENT-8: a limit that is broken after the last word ends nobody', () => {
    const { tracker, trips } = track({ toolCalls: 1 });
    tracker.listener.signal({ of: 'terminal', word: 'done' });
    for (const id of ['a', 'b']) tracker.listener.signal({ of: 'activity', activity: call(id) });
    expect(trips).toEqual([]);
    tracker.guard(() => {
      throw new Error('late');
    });
    expect(trips).toHaveLength(1);
    expect(tracker.tripped()).toBeNull();
  });

  it('AGENT-14: a driver that throws ends its run', () => {
    const { tracker } = track();
    tracker.guard(() => {
      throw new TypeError('no such key');
    });
    const summary = 'Codencer could not follow the agent: TypeError: no such key';
    expect(tracker.tripped()).toEqual({ failureClass: 'adapter_failed', summary });
  });

  it('AGENT-15: tells nothing after the end, and leaves no question open', async () => {
    const { tracker, told } = track();
    const answer = tracker.listener.askPermission(request, new AbortController().signal);
    tracker.dispose();
    expect(await answer).toEqual({ answer: 'cancelled' });
    tracker.listener.signal({ of: 'activity', activity: call('late') });
    expect(told).toEqual([]);
    expect(tracker.facts().toolCalls).toBe(0);
    const late = tracker.listener.askPermission(request, new AbortController().signal);
    expect(await late).toEqual({ answer: 'cancelled' });
  });

  it('AGENT-9: takes back what one question is about, and all of them at once', async () => {
    const { tracker } = track();
    const back = new AbortController();
    const first = tracker.listener.askPermission(request, back.signal);
    const second = tracker.listener.askPermission(request, new AbortController().signal);
    back.abort();
    expect(await first).toEqual({ answer: 'cancelled' });
    tracker.cancelQuestions();
    expect(await second).toEqual({ answer: 'cancelled' });
  });
});
