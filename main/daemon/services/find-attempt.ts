import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { getStep } from './read-steps.ts';

interface OfStep {
  readonly stepId: StepId;
  readonly attemptId: AttemptId;
}

/** An attempt of a step, the newest unless it is named. Null: nothing was tried yet. */
export function findAttempt(
  context: ServiceContext,
  { stepId, attemptId }: Pick<OfStep, 'stepId'> & { readonly attemptId?: AttemptId | undefined },
): Result<AttemptRecord | null, Refusal> {
  if (attemptId !== undefined) return findNamedAttempt(context, { stepId, attemptId });
  const step = getStep(context, { stepId });
  return step.ok ? ok(context.store.attempts.newestOfStep(stepId)) : step;
}

export function findNamedAttempt(
  context: ServiceContext,
  { stepId, attemptId }: OfStep,
): Result<AttemptRecord, Refusal> {
  const step = getStep(context, { stepId });
  if (!step.ok) return step;
  const attempt = context.store.attempts.get(attemptId);
  if (attempt?.stepId === stepId) return ok(attempt);
  return err(refusal('attempt_not_found', `step ${stepId} has no attempt ${attemptId}`));
}
