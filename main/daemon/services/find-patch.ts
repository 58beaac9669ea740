import type { Refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { ArtifactRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { findAttempt } from './find-attempt.ts';

/** The patch of one attempt, the newest unless it is named. Null: it left none. */
export function findPatch(
  context: ServiceContext,
  { stepId, attemptId }: { readonly stepId: StepId; readonly attemptId: AttemptId | undefined },
): Result<ArtifactRecord | null, Refusal> {
  const attempt = findAttempt(context, { stepId, attemptId });
  if (!attempt.ok) return attempt;
  if (attempt.value === null) return ok(null);
  return ok(context.store.artifacts.listOfAttempt(attempt.value.id).find(({ name }) => name === 'diff.patch') ?? null);
}
