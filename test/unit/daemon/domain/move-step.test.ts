import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMoveStep, STEP_STATES, type StepMove } from '../../../../contract/step-state.ts';
import { moveStep } from '../../../../main/daemon/domain/move-step.ts';
import { arbitraryStep } from '../../../support/arbitrary-records.ts';

const state = fc.constantFrom(...STEP_STATES);
const move: fc.Arbitrary<StepMove> = fc.oneof(
  state.map((to) => ({ by: 'machine', to }) as const),
  fc.constant({ by: 'retry', to: 'pending' } as const),
  state.map((to) => ({ by: 'resolve', to }) as const),
);
const change = { reason: 'because', atMs: 5 };

describe('moveStep', () => {
  it('moves where the table allows it and throws everywhere else (RUN-7)', () => {
    fc.assert(
      fc.property(arbitraryStep, move, (step, one) => {
        if (canMoveStep(step.state, one)) expect(moveStep(step, one, change).state).toBe(one.to);
        else
          expect(() => moveStep(step, one, change)).toThrow(`cannot go from ${step.state} to ${one.to} by ${one.by}`);
      }),
    );
  });

  it('changes state, reason and time, and nothing else (RUN-7)', () => {
    fc.assert(
      fc.property(arbitraryStep, (step) => {
        const pending = { ...step, state: 'pending' } as const;
        expect(moveStep(pending, { by: 'machine', to: 'dispatching' }, change)).toEqual({
          ...pending,
          state: 'dispatching',
          statusReason: 'because',
          updatedAtMs: 5,
        });
      }),
    );
  });
});
