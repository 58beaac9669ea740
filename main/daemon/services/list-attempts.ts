import type { AttemptState } from '../../../contract/attempt-state.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListRequest, notACursor } from './list-filters.ts';
import { listStepAttempts } from './read-steps.ts';
import type { ListPage } from './scan-list.ts';

export interface AttemptListRequest extends ListRequest {
  readonly stepId: StepId;
  readonly state?: AttemptState | undefined;
  readonly executor?: string | undefined;
}

/** The attempts of a step by number, which is the cursor. */
export function listAttempts(
  context: ServiceContext,
  request: AttemptListRequest,
): Result<ListPage<AttemptRecord, string>, Refusal> {
  const attempts = listStepAttempts(context, request);
  if (!attempts.ok) return attempts;
  const { after = '0', limit } = request;
  if (!/^\d{1,9}$/.test(after)) return err(notACursor(after));
  const wanted = attempts.value.filter((attempt) => attempt.number > Number(after) && isWanted(attempt, request));
  const rows = wanted.slice(0, limit);
  return ok({ rows, next: wanted.length > limit ? String(rows.at(-1)?.number ?? after) : null });
}

function isWanted(attempt: AttemptRecord, request: AttemptListRequest): boolean {
  if (request.state !== undefined && attempt.state !== request.state) return false;
  if (request.executor !== undefined && attempt.executor !== request.executor) return false;
  return isInTime(request, attempt.createdAtMs) && holdsText(request, [attempt.id, attempt.summary]);
}
