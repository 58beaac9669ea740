import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { canMoveStep, isStepInFlight } from '../../../contract/step-state.ts';
import { encodeResume, type Resume } from '../../../contract/wire/resume.ts';
import { recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import { getOpenRun } from './read-runs.ts';
import { getStep } from './read-steps.ts';
import { findResume } from './resume.ts';

export interface RetryStepInput {
  readonly stepId: StepId;
  readonly actor: string;
  readonly reason?: string;
  readonly notBeforeMs?: number;
  /** Goes on with the session that the executor had. */
  readonly resume?: {
    /** What the agent is told in it; null: its task. */
    readonly answer: string | null;
  };
}

/** Re-opens a settled step for another attempt, whatever its retry rule says: a person decided. */
export function retryStep(context: ServiceContext, input: RetryStepInput): Result<StepRecord, Refusal> {
  const retried = context.store.transaction(() => {
    const found = getStep(context, input);
    if (!found.ok) return found;
    const refused = whyNot(context, found.value);
    if (refused !== null) return err(refused);
    const resume = resumeOf(context, found.value, input);
    if (!resume.ok) return resume;
    const step = recordStepMove(context, found.value, {
      by: 'retry',
      to: 'pending',
      actor: input.actor,
      reason: input.reason ?? '',
      ...(resume.value === null ? {} : { told: { resume: encodeResume(resume.value) } }),
      change: { attemptsUsed: 0, enqueuedAtMs: context.clock(), notBeforeMs: input.notBeforeMs ?? null },
    });
    recordRunFollows(context, step.runId, input.actor);
    return ok(step);
  });
  if (retried.ok) context.wakeDispatcher();
  return retried;
}

/** What somebody answers stays in the log for ever, and so without secrets. */
function resumeOf(
  context: ServiceContext,
  step: StepRecord,
  { resume }: RetryStepInput,
): Result<Resume | null, Refusal> {
  if (resume === undefined) return ok(null);
  const { answer } = resume;
  return findResume(context, step, answer === null ? null : context.evidence.redact(answer, recipeVariables(step)));
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
