import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createAttemptClock, type TimerSource } from '../../../../main/daemon/services/attempt-clock.ts';

/** Timers whose time passes when the test says so. */
function fakeTimers() {
  let nowMs = 5_000;
  const calls = new Map<object, { readonly atMs: number; readonly call: () => void }>();
  const timers: TimerSource = {
    nowMs: () => nowMs,
    callIn(delayMs, call) {
      const key = {};
      calls.set(key, { atMs: nowMs + delayMs, call });
      return () => void calls.delete(key);
    },
  };
  const pass = (ms: number) => {
    nowMs += ms;
    for (const [key, { atMs, call }] of calls) {
      if (atMs > nowMs) continue;
      calls.delete(key);
      call();
    }
  };
  return { timers, pass, pending: () => calls.size };
}

function startedClock(limitMs: number | null) {
  const fake = fakeTimers();
  const clock = createAttemptClock({ limitMs, timers: fake.timers });
  const rings: string[] = [];
  return { ...fake, clock, rings, start: () => clock.start(() => rings.push('up')) };
}

describe('SRV-59: the clock of an attempt', () => {
  it('rings once when the time is used up', () => {
    const { start, pass, rings, clock } = startedClock(100);
    start();
    pass(99);
    expect(rings).toEqual([]);
    pass(1);
    clock.pause()();
    pass(1_000);
    expect(rings).toEqual(['up']);
  });

  it('stands still while it is paused, until the last pause is over', () => {
    const { start, pass, rings, clock } = startedClock(100);
    start();
    pass(60);
    const [first, second] = [clock.pause(), clock.pause()];
    pass(1_000);
    first();
    first();
    pass(1_000);
    second();
    pass(39);
    expect(rings).toEqual([]);
    pass(1);
    expect(rings).toEqual(['up']);
  });

  it('may be paused before it starts', () => {
    const { start, pass, rings, clock } = startedClock(100);
    const goOn = clock.pause();
    start();
    pass(1_000);
    goOn();
    pass(99);
    expect(rings).toEqual([]);
    pass(1);
    expect(rings).toEqual(['up']);
  });

  it('holds no timer when it is stopped, paused or without a limit', () => {
    const { start, pass, rings, clock, pending } = startedClock(100);
    start();
    const goOn = clock.pause();
    expect(pending()).toBe(0);
    goOn();
    expect(pending()).toBe(1);
    clock.stop();
    clock.pause()();
    pass(1_000);
    expect([pending(), rings]).toEqual([0, []]);
    const free = startedClock(null);
    free.start();
    expect(free.pending()).toBe(0);
  });

  it('counts exactly the time in which nothing pauses it', () => {
    const part = fc.record({ workMs: fc.nat({ max: 50 }), pauseMs: fc.nat({ max: 50 }) });
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 200 }), (parts, limitMs) => {
        const { start, pass, rings, clock } = startedClock(limitMs);
        start();
        let workedMs = 0;
        for (const { workMs, pauseMs } of parts) {
          pass(workMs);
          workedMs += workMs;
          const goOn = clock.pause();
          pass(pauseMs);
          goOn();
          expect(rings.length).toBe(workedMs >= limitMs ? 1 : 0);
        }
      }),
    );
  });
});
