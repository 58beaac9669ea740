import { describe, expect, it } from 'vitest';
import { canMoveStep, RESOLVABLE_STATES, STEP_STATES } from '../../../../../contract/step-state.ts';
import { canCancel, canResolve, canRetry, RESOLUTIONS } from '../../../../../renderer/screens/step/step-moves.ts';

describe('what can be done to a step', () => {
  it('offers a retry where the daemon takes one', () => {
    for (const state of STEP_STATES) expect(canRetry(state)).toBe(canMoveStep(state, { by: 'retry', to: 'pending' }));
  });

  it('offers to restate what a person may restate', () => {
    for (const state of STEP_STATES) {
      const isPossible = RESOLVABLE_STATES.some((to) => canMoveStep(state, { by: 'resolve', to }));
      expect(canResolve(state)).toBe(isPossible);
    }
    expect([...RESOLUTIONS].toSorted()).toEqual([...RESOLVABLE_STATES].toSorted());
  });

  it('offers to cancel what can still be cancelled', () => {
    for (const state of STEP_STATES) {
      expect(canCancel(state)).toBe(canMoveStep(state, { by: 'machine', to: 'cancelled' }));
    }
  });
});
