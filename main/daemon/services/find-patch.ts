import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { ArtifactRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { listStepAttempts } from './read-steps.ts';

/** The patch of one attempt, the newest unless it is named. Null: it left none. */
export function findPatch(
  context: ServiceContext,
  { stepId, attemptId }: { readonly stepId: StepId; readonly attemptId: AttemptId | undefined },
): Result<ArtifactRecord | null, Refusal> {
  const attempts = listStepAttempts(context, { stepId });
  if (!attempts.ok) return attempts;
  const attempt = attemptId === undefined ? attempts.value.at(-1) : attempts.value.find(({ id }) => id === attemptId);
  if (attempt === undefined && attemptId !== undefined) {
    return err(refusal('attempt_not_found', `step ${stepId} has no attempt ${attemptId}`));
  }
  if (attempt === undefined) return ok(null);
  return ok(context.store.artifacts.listOfAttempt(attempt.id).find(({ name }) => name === 'diff.patch') ?? null);
}
