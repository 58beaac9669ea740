import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { canMoveStep, isStepInFlight } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import { getOpenRun } from './read-runs.ts';
import { getStep } from './read-steps.ts';

export interface RetryStepInput {
  readonly stepId: StepId;
  readonly actor: string;
  readonly reason?: string;
  readonly notBeforeMs?: number;
}

/** Re-opens a settled step for another attempt, whatever its retry rule says: a person decided. */
export function retryStep(context: ServiceContext, input: RetryStepInput): Result<StepRecord, Refusal> {
  const retried = context.store.transaction(() => {
    const found = getStep(context, input);
    if (!found.ok) return found;
    const refused = whyNot(context, found.value);
    if (refused !== null) return err(refused);
    const step = recordStepMove(context, found.value, {
      by: 'retry',
      to: 'pending',
      actor: input.actor,
      reason: input.reason ?? '',
      change: { attemptsUsed: 0, enqueuedAtMs: context.clock(), notBeforeMs: input.notBeforeMs ?? null },
    });
    recordRunFollows(context, step.runId, input.actor);
    return ok(step);
  });
  if (retried.ok) context.wakeDispatcher();
  return retried;
}

function whyNot(context: ServiceContext, step: StepRecord): Refusal | null {
  const run = getOpenRun(context, step);
  if (!run.ok) return run.error;
  if (step.state === 'pending') return refusal('step_in_flight', `step ${step.id} is waiting to start already`);
  if (isStepInFlight(step.state)) return refusal('step_in_flight', `step ${step.id} is ${step.state}: cancel it first`);
  if (step.state === 'needs_approval') {
    return refusal('state_conflict', `step ${step.id} waits at a gate: decide it first`);
  }
  return canMoveStep(step.state, { by: 'retry', to: 'pending' })
    ? null
    : refusal('state_conflict', `step ${step.id} is ${step.state} and cannot be retried`);
}
