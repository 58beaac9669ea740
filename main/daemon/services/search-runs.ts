import type { Refusal } from '../../../contract/errors.ts';
import { type ProjectId, RunId } from '../../../contract/ids.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { RunState } from '../../../contract/run-state.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListRequest, parseCursor } from './list-filters.ts';
import { newestOfStates } from './newest-of-states.ts';
import { scanByTime } from './scan-by-time.ts';
import type { ListPage } from './scan-list.ts';

export interface RunSearch extends ListRequest {
  readonly projectId?: ProjectId | undefined;
  readonly conversationId?: string | undefined;
  readonly states?: readonly RunState[] | undefined;
}

/** The runs that match, newest first. Unlike `listRuns` it also looks at times and texts, and may take a while. */
export async function searchRuns(
  { store }: Pick<ServiceContext, 'store'>,
  request: RunSearch,
): Promise<Result<ListPage<RunRecord, string>, Refusal>> {
  const { projectId, conversationId, states, limit, signal, sinceMs = 0, untilMs } = request;
  const before = parseCursor(request.after, (text) => RunId.safeParse(text).data);
  if (!before.ok) return before;
  const page = await scanByTime({
    read: (from, count) =>
      newestOfStates({ states, limit: count }, (state) =>
        store.runs.list({ projectId, conversationId, state, limit: count, before: from }),
      ),
    keeps: (run) => isInTime(request, run.createdAtMs) && holdsText(request, textsOf(run)),
    isPast: ({ createdAtMs }) => createdAtMs < sinceMs,
    after: before.value ?? (untilMs === undefined ? undefined : { createdAtMs: untilMs, id: FIRST_ID }),
    limit,
    signal,
  });
  return ok(page);
}

/** No id comes before it. */
const FIRST_ID = RunId.parse('0');

const textsOf = (run: RunRecord): readonly string[] => [
  run.id,
  run.projectId,
  run.conversationId,
  run.plannerId,
  run.executorId,
  run.recoveryNotes,
];
