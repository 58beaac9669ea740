import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { canMoveStep, RESOLVABLE_STATES, type StepState } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import { getStep } from './read-steps.ts';

export interface ResolveStepInput {
  readonly stepId: StepId;
  readonly as: StepState;
  readonly reason: string;
  readonly actor: string;
}

/** A person states what a settled step came to. It is recorded as a decision, beside what the machine had found. */
export function resolveStep(context: ServiceContext, input: ResolveStepInput): Result<StepRecord, Refusal> {
  if (input.reason.trim() === '') return err(refusal('invalid_input', 'resolving a step needs a reason'));
  return context.store.transaction(() => {
    const found = getStep(context, input);
    if (!found.ok) return found;
    const refused = whyNot(context, found.value, input.as);
    if (refused !== null) return err(refused);
    const reason = `resolved by ${input.actor}: ${input.reason}`;
    const step = recordStepMove(context, found.value, { by: 'resolve', to: input.as, actor: input.actor, reason });
    context.store.events.append({
      type: 'step.resolved',
      actor: input.actor,
      runId: step.runId,
      stepId: step.id,
      payload: { from: found.value.state, as: input.as, reason: input.reason },
    });
    recordRunFollows(context, step.runId, input.actor);
    return ok(step);
  });
}

function whyNot(context: ServiceContext, step: StepRecord, as: StepState): Refusal | null {
  const run = context.store.runs.get(step.runId);
  if (run !== null && isTerminalRun(run.state)) {
    return refusal('run_closed', `run ${run.id} is ${run.state}: its steps are settled`);
  }
  if (canMoveStep(step.state, { by: 'resolve', to: as })) return null;
  const possible = `a step that ended or needs_manual_attention can be resolved as: ${RESOLVABLE_STATES.join(', ')}`;
  return refusal('state_conflict', `step ${step.id} is ${step.state} and cannot become ${as}; ${possible}`);
}
