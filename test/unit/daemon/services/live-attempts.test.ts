import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

import { AttemptId, RunId, StepId } from '../../../../contract/ids.ts';
import { createLiveAttempts, stopOrderOf } from '../../../../main/daemon/services/live-attempts.ts';

const placeOf = (name: string) => ({
  runId: RunId.parse('r'),
  stepId: StepId.parse(name),
  attemptId: AttemptId.parse(`${name}-a1`),
});
const untilStopped = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
const order = { reason: 'cancel', actor: 'operator', why: 'enough' } as const;

function listened() {
  const bugs: unknown[] = [];
  let ends = 0;
  const live = createLiveAttempts({
    onBug: (error, attemptId) => bugs.push([attemptId, error]),
    onDidEnd: () => {
      ends += 1;
    },
  });
  return { live, bugs, ends: () => ends };
}

describe('attempts that this process works on', () => {
  it('are known from their start to their end', async () => {
    const { live, ends } = listened();
    const held = Promise.withResolvers<void>();
    live.start(placeOf('a'), () => held.promise);
    live.start(placeOf('b'), untilStopped);
    expect([live.size, live.ids()]).toEqual([2, ['a-a1', 'b-a1']]);
    held.resolve();
    await turn();
    expect([live.ids(), ends()]).toEqual([['b-a1'], 1]);
    await live.stop(() => true, order);
    expect([live.size, ends()]).toEqual([0, 2]);
  });

  it('are stopped by choice, and the answer comes when they have ended; the first order counts', async () => {
    const { live } = listened();
    const orders: unknown[] = [];
    const work = async (signal: AbortSignal) => {
      await untilStopped(signal);
      await turn();
      orders.push(stopOrderOf(signal));
    };
    live.start(placeOf('a'), work);
    live.start(placeOf('b'), work);
    const isA = ({ stepId }: { readonly stepId: string }) => stepId === 'a';
    await Promise.all([
      live.stop(isA, order),
      live.stop(isA, { reason: 'shutdown', actor: 'daemon', why: 'SIGTERM' }),
      live.stop(() => false, order),
    ]);
    expect([orders, live.ids()]).toEqual([[order], ['b-a1']]);
  });

  it('tell of a bug and are gone all the same', async () => {
    const { live, bugs, ends } = listened();
    live.start(placeOf('a'), () => Promise.reject(new Error('a bug')));
    await turn();
    expect([bugs, live.size, ends()]).toEqual([[['a-a1', new Error('a bug')]], 0, 1]);
  });

  it('read an order that nobody wrote as the end of the daemon', () => {
    expect(stopOrderOf(AbortSignal.abort())).toEqual({ reason: 'shutdown', actor: '', why: '' });
  });
});
