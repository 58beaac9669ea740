import { describe, expect, it } from 'vitest';
import { canMoveRun, isTerminalRun, RUN_STATES, RUN_TRANSITIONS } from '../../../contract/run-state.ts';

describe('the moves of a run', () => {
  it('are these and no others (STATE-13, STATE-14, STATE-15)', () => {
    expect(RUN_TRANSITIONS).toEqual({
      created: ['running', 'cancelled'],
      running: ['paused_for_gate', 'completed', 'failed', 'cancelled'],
      paused_for_gate: ['running', 'completed', 'failed', 'cancelled'],
      completed: [],
      failed: [],
      cancelled: [],
    });
  });

  it('never leave an end (STATE-13)', () => {
    const ended = RUN_STATES.filter(isTerminalRun);
    expect(ended).toEqual(['completed', 'failed', 'cancelled']);
    for (const from of ended) expect(RUN_STATES.filter((to) => canMoveRun(from, to))).toEqual([]);
  });

  it('can cancel every open run (STATE-14)', () => {
    for (const from of RUN_STATES) expect(canMoveRun(from, 'cancelled')).toBe(!isTerminalRun(from));
  });

  it('never lead back to created (STATE-15)', () => {
    expect(RUN_STATES.filter((from) => canMoveRun(from, 'created'))).toEqual([]);
  });
});
