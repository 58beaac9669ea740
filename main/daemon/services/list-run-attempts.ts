import type { Refusal } from '../../../contract/errors.ts';
import { AttemptId, type RunId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { formatCursor, type ListRequest, parseCursor } from './list-filters.ts';
import { getRun } from './read-runs.ts';
import type { ListPage } from './scan-list.ts';

/** The attempts of every step of a run, newest first. */
export function listRunAttempts(
  context: Pick<ServiceContext, 'store'>,
  { runId, after, limit }: Pick<ListRequest, 'after' | 'limit'> & { readonly runId: RunId },
): Result<ListPage<AttemptRecord, string>, Refusal> {
  const run = getRun(context, { runId });
  if (!run.ok) return run;
  const before = parseCursor(after, (text) => AttemptId.safeParse(text).data);
  if (!before.ok) return before;
  const attempts = context.store.attempts.listOfRun({ runId, limit: limit + 1, before: before.value });
  const rows = attempts.slice(0, limit);
  const last = rows.at(-1);
  return ok({ rows, next: attempts.length > limit && last !== undefined ? formatCursor(last) : null });
}
