import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { createRunControl } from '../../../../../../main/daemon/adapters/executors/agent/run-control.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('AGENT-11: who says again and again that it is done gets no more time by that', () => {
  const reasons: string[] = [];
  const control = createRunControl();
  control.attach({
    process: {
      stop: async (reason) => {
        reasons.push(reason);
        return { ended: [], killed: [], left: [], durationMs: 0 };
      },
    },
    input: { write: () => undefined, end: () => undefined },
    conversation: {},
    tracker: {
      facts: () => ({ ...noFacts, terminal: 'done' }),
      tripped: () => null,
      cancelQuestions: () => undefined,
    },
  });
  for (let at = 0; at < 5; at += 1) {
    control.finish();
    vi.advanceTimersByTime(500);
  }
  expect(reasons).toEqual(['finished']);
  control.dispose();
});
