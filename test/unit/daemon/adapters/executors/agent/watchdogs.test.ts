import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExecutorLimits } from '../../../../../../contract/executor-profile.ts';
import { type AgentFacts, noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { createWatchdogs, type Trip } from '../../../../../../main/daemon/adapters/executors/agent/watchdogs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(limits: Partial<ExecutorLimits>) {
  const trips: Trip[] = [];
  const dogs = createWatchdogs({ ...ExecutorLimits.parse({}), ...limits }, (trip) => trips.push(trip));
  return { dogs, trips };
}

const facts = (more: Partial<AgentFacts>): AgentFacts => ({ ...noFacts, ...more });
const costing = (costUsd: number | null) =>
  facts({ usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costUsd, basis: 'estimated' } });

describe('AGENT-5: the watchdog of silence', () => {
  it('trips when nothing is heard for long enough, once', () => {
    const { dogs, trips } = watch({ idleSeconds: 10 });
    vi.advanceTimersByTime(9000);
    dogs.heard(1);
    vi.advanceTimersByTime(9999);
    expect(trips).toEqual([]);
    vi.advanceTimersByTime(1);
    const silence = 'Nothing was heard of the agent for 10 seconds';
    expect(trips).toEqual([{ failureClass: 'no_progress', summary: silence }]);
    dogs.heard(1);
    vi.advanceTimersByTime(60_000);
    expect(trips).toHaveLength(1);
  });

  it('waits while anybody is asked, and gives the whole time after the last answer', () => {
    const { dogs, trips } = watch({ idleSeconds: 10 });
    const [first, second] = [dogs.pause(), dogs.pause()];
    first();
    first();
    vi.advanceTimersByTime(3_600_000);
    dogs.heard(1);
    vi.advanceTimersByTime(3_600_000);
    expect(trips).toEqual([]);
    second();
    vi.advanceTimersByTime(9999);
    expect(trips).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(trips).toHaveLength(1);
  });

  it('is not there without a limit, after the end, and waits as long as a timer can', () => {
    const never = watch({ idleSeconds: null });
    const over = watch({ idleSeconds: 10 });
    const patient = watch({ idleSeconds: 10 ** 9 });
    over.dogs.dispose();
    over.dogs.heard(1);
    vi.advanceTimersByTime(1_000_000);
    expect([...never.trips, ...over.trips, ...patient.trips]).toEqual([]);
  });
});

describe('the watchdogs of what is too much', () => {
  it('AGENT-6: eight requests in a row of which nothing came', () => {
    const { dogs, trips } = watch({});
    dogs.check(facts({ fruitlessRequests: 7, modelRequests: 1000 }));
    expect(trips).toEqual([]);
    dogs.check(facts({ fruitlessRequests: 8 }));
    expect(trips[0]).toMatchObject({
      failureClass: 'request_loop',
      summary: expect.stringContaining('8 times in a row'),
    });
  });

  it.each([
    ['auth', 'auth_failed'],
    ['rate_limit', 'rate_limited'],
  ] as const)('AGENT-6: of a service that refuses, the reason: %s', (kind, failureClass) => {
    const { dogs, trips } = watch({});
    dogs.check(facts({ fruitlessRequests: 8, errors: [{ kind, text: 'No.' }] }));
    expect(trips).toEqual([{ failureClass, summary: 'No.' }]);
  });

  it('AGENT-6: what came instead of an answer is the reason before any error that was told', () => {
    const { dogs, trips } = watch({});
    const refusal = { kind: 'rate_limit', text: 'The service answers HTTP 429' } as const;
    dogs.check(facts({ fruitlessRequests: 8, refusal, errors: [{ kind: 'model', text: 'Old.' }] }));
    expect(trips).toEqual([{ failureClass: 'rate_limited', summary: 'The service answers HTTP 429' }]);
  });

  it('AGENT-6: the same call with the same result, again and again', () => {
    const { dogs, trips } = watch({});
    dogs.check(facts({ sameCalls: 24, toolCalls: 1000 }));
    expect(trips).toEqual([]);
    dogs.check(facts({ sameCalls: 25 }));
    const summary = expect.stringContaining('the same tool 25 times in a row');
    expect(trips).toEqual([{ failureClass: 'request_loop', summary }]);
  });

  it.each([
    ['modelRequests', { modelRequests: 3 }, facts({ modelRequests: 3 }), facts({ modelRequests: 4 })],
    ['toolCalls', { toolCalls: 3 }, facts({ toolCalls: 3 }), facts({ toolCalls: 4 })],
    ['costUsd', { costUsd: 0.5 }, costing(0.5), costing(0.51)],
    ['costUsd, unknown', { costUsd: 0.5 }, costing(null), costing(2)],
  ] as const)('AGENT-7: %s', (_, limits, enough, tooMuch) => {
    const { dogs, trips } = watch(limits);
    dogs.check(enough);
    expect(trips).toEqual([]);
    dogs.check(tooMuch);
    dogs.check(tooMuch);
    expect(trips).toHaveLength(1);
    expect(trips[0]?.failureClass).toBe('limit_reached');
  });

  it('AGENT-7: bytes of output', () => {
    const { dogs, trips } = watch({ outputBytes: 100 });
    dogs.heard(60);
    dogs.heard(40);
    expect(trips).toEqual([]);
    dogs.heard(1);
    expect(trips).toEqual([{ failureClass: 'output_flood', summary: 'The agent wrote more than 100 bytes' }]);
  });
});
