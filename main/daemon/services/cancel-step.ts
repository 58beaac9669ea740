import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { isWorkedOn } from './is-worked-on.ts';
import { recordGatesWithdrawn, recordRunFollows, recordStepMove } from './ledger.ts';
import { getStep } from './read-steps.ts';

export interface CancelStepInput {
  readonly stepId: StepId;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Ends a step. The answer comes when nothing of it is alive; cancelling what is cancelled is no error. `state_conflict`
 * when it had ended, or came to something else while it was being stopped.
 */
export async function cancelStep(
  context: ServiceContext,
  input: CancelStepInput,
): Promise<Result<StepRecord, Refusal>> {
  const requested = requestCancel(context, input);
  if (!requested.ok || requested.value.state === 'cancelled') return requested;
  const { actor, reason } = input;
  await context.live.stop((attempt) => attempt.stepId === input.stepId, { reason: 'cancel', actor, why: reason });
  return endStopped(context, input);
}

/** After the stop. An attempt that was just being judged may have left its step at a gate. */
function endStopped(context: ServiceContext, input: CancelStepInput): Result<StepRecord, Refusal> {
  return context.store.transaction(() => {
    const found = getStep(context, input);
    if (!found.ok || found.value.state === 'cancelled') return found;
    const conflict = whatBecameOf(context, found.value);
    return conflict === null ? ok(endWaiting(context, input, found.value)) : err(refusal('state_conflict', conflict));
  });
}

/** A cancellation is not reported while nobody can vouch for what is left of the work (ATT-3). */
function whatBecameOf(context: ServiceContext, step: StepRecord): string | null {
  const { id, state, statusReason } = step;
  if (isTerminalStep(state)) return `step ${id} ended ${state} before it could be cancelled`;
  if (isWorkedOn(context, step)) return `step ${id} was started anew before it could be cancelled: cancel it once more`;
  if (state !== 'needs_manual_attention') return null;
  return `step ${id} was stopped and needs_manual_attention (${statusReason}): look at it, then cancel it once more`;
}

/** Records the wish of somebody; a step that nobody works on ends at once. */
function requestCancel(context: ServiceContext, input: CancelStepInput): Result<StepRecord, Refusal> {
  return context.store.transaction(() => {
    const found = getStep(context, input);
    if (!found.ok) return found;
    const step = found.value;
    if (step.state === 'cancelled') return found;
    if (isTerminalStep(step.state)) {
      return err(refusal('state_conflict', `step ${step.id} has already ended ${step.state}`));
    }
    return ok(isWorkedOn(context, step) ? markCancelled(context, input, step) : endWaiting(context, input, step));
  });
}

function markCancelled(context: ServiceContext, { actor, reason }: CancelStepInput, step: StepRecord): StepRecord {
  const attempt = context.store.attempts.newestOfStep(step.id);
  if (attempt !== null && attempt.cancelRequest === null) {
    const cancelRequest = { actor, reason, atMs: context.clock() };
    context.store.attempts.save({ ...attempt, cancelRequest });
    const place = placeOf(attempt);
    context.store.events.append({ type: 'step.cancel_requested', actor, ...place, payload: { reason } });
  }
  return step;
}

function endWaiting(context: ServiceContext, { actor, reason }: CancelStepInput, step: StepRecord): StepRecord {
  const why = reason === '' ? `cancelled by ${actor}` : reason;
  recordGatesWithdrawn(context, step.id, { actor, reason: why });
  const ended = recordStepMove(context, step, { by: 'machine', to: 'cancelled', actor, reason: why });
  recordRunFollows(context, step.runId, actor);
  return ended;
}
