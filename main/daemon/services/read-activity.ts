import type { Refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { findAttempt } from './find-attempt.ts';
import type { ByteSource } from './ports/byte-source.ts';
import { followNamed, type ReadLog, readNamed } from './read-log.ts';
import { getAttempt } from './read-steps.ts';
import { ACTIVITY_LOG } from './record-activity.ts';

/** An attempt, or the newest one of a step. */
export type ActivitySubject = { readonly attemptId: AttemptId } | { readonly stepId: StepId };

/** What an agent did, from a byte on. Null: nothing, or nothing was ever tried. */
export async function readActivity(
  context: ServiceContext,
  subject: ActivitySubject,
  { offset, limit }: { readonly offset: number; readonly limit: number | null },
): Promise<Result<ReadLog | null, Refusal>> {
  const attempt = attemptOf(context, subject);
  if (!attempt.ok || attempt.value === null) return attempt.ok ? ok(null) : attempt;
  return readNamed(context, attempt.value, { name: ACTIVITY_LOG, offset, limit });
}

/** The same, and whatever it does until it has ended. */
export function followActivity(
  context: ServiceContext,
  subject: ActivitySubject,
  { offset, signal }: { readonly offset: number; readonly signal: AbortSignal },
): Result<ByteSource | null, Refusal> {
  const attempt = attemptOf(context, subject);
  if (!attempt.ok || attempt.value === null) return attempt.ok ? ok(null) : attempt;
  return ok(followNamed(context, attempt.value, { name: ACTIVITY_LOG, offset, signal }));
}

const attemptOf = (context: ServiceContext, subject: ActivitySubject): Result<AttemptRecord | null, Refusal> =>
  'stepId' in subject ? findAttempt(context, subject) : getAttempt(context, subject);
