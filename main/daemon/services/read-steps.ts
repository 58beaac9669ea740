import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type {
  ArtifactRecord,
  AttemptRecord,
  GateRecord,
  StepRecord,
  ValidationRecord,
} from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';

interface OfStep {
  readonly stepId: StepId;
}

export function getStep(context: Pick<ServiceContext, 'store'>, { stepId }: OfStep): Result<StepRecord, Refusal> {
  const step = context.store.steps.get(stepId);
  return step === null ? err(refusal('step_not_found', `step ${stepId} not found`)) : ok(step);
}

/** A step with its newest attempt and that attempt's evidence. */
export interface StepResult {
  readonly step: StepRecord;
  readonly attempt: AttemptRecord | null;
  readonly validations: readonly ValidationRecord[];
  readonly artifacts: readonly ArtifactRecord[];
  readonly pendingGates: readonly GateRecord[];
}

export function getStepResult(context: ServiceContext, { stepId }: OfStep): Result<StepResult, Refusal> {
  const step = getStep(context, { stepId });
  if (!step.ok) return step;
  const { store } = context;
  const attempt = store.attempts.newestOfStep(stepId);
  return ok({
    step: step.value,
    attempt,
    validations: attempt === null ? [] : store.validations.listOfAttempt(attempt.id),
    artifacts: attempt === null ? [] : store.artifacts.listOfAttempt(attempt.id),
    pendingGates: store.gates.pendingOfStep(stepId),
  });
}

export function listStepAttempts(
  context: ServiceContext,
  { stepId }: OfStep,
): Result<readonly AttemptRecord[], Refusal> {
  const step = getStep(context, { stepId });
  return step.ok ? ok(context.store.attempts.listOfStep(stepId)) : step;
}

export function getAttempt(
  context: ServiceContext,
  { attemptId }: { readonly attemptId: AttemptId },
): Result<AttemptRecord, Refusal> {
  const attempt = context.store.attempts.get(attemptId);
  return attempt === null ? err(refusal('attempt_not_found', `attempt ${attemptId} not found`)) : ok(attempt);
}

/** Of all attempts, newest first; empty for a step that does not exist. */
export const listStepArtifacts = (context: ServiceContext, { stepId }: OfStep): readonly ArtifactRecord[] =>
  context.store.artifacts.listOfStep(stepId);

/** By attempt; empty for a step that does not exist. */
export function listStepValidations(
  context: ServiceContext,
  { stepId }: OfStep,
): ReadonlyMap<AttemptId, readonly ValidationRecord[]> {
  return Map.groupBy(context.store.validations.listOfStep(stepId), (row) => row.attemptId);
}
