import type { StepRecord } from '../../../contract/records.ts';
import { canMoveStep, type StepMove } from '../../../contract/step-state.ts';

/** The step after a move. A move that the table does not know is a bug of the caller, not an outcome. */
export function moveStep(
  step: StepRecord,
  move: StepMove,
  change: { readonly reason: string; readonly atMs: number },
): StepRecord {
  if (!canMoveStep(step.state, move)) {
    throw new Error(`step ${step.id} cannot go from ${step.state} to ${move.to} by ${move.by}`);
  }
  return { ...step, state: move.to, statusReason: change.reason, updatedAtMs: change.atMs };
}
