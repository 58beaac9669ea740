import type { Refusal } from '../../../contract/errors.ts';
import { type RunId, StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { StepState } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListRequest, parseCursor } from './list-filters.ts';
import { newestOfStates } from './newest-of-states.ts';
import { scanByTime } from './scan-by-time.ts';
import type { ListPage } from './scan-list.ts';

export interface StepSearch extends ListRequest {
  readonly runId?: RunId | undefined;
  /** Any of them; every state without. */
  readonly states?: readonly StepState[] | undefined;
  readonly executor?: string | undefined;
}

/** The steps of every run that match, newest first. */
export async function searchSteps(
  { store }: Pick<ServiceContext, 'store'>,
  request: StepSearch,
): Promise<Result<ListPage<StepRecord, string>, Refusal>> {
  const { runId, states, executor, limit, signal, sinceMs = 0, untilMs } = request;
  const before = parseCursor(request.after, (text) => StepId.safeParse(text).data);
  if (!before.ok) return before;
  const page = await scanByTime({
    read: (from, count) =>
      newestOfStates({ states, limit: count }, (state) =>
        store.steps.list({ runId, state, limit: count, before: from }),
      ),
    keeps: (step) =>
      (executor === undefined || step.executor === executor) &&
      isInTime(request, step.createdAtMs) &&
      holdsText(request, [step.id, step.runId, step.spec.title, step.spec.goal, step.statusReason]),
    isPast: ({ createdAtMs }) => createdAtMs < sinceMs,
    after: before.value ?? (untilMs === undefined ? undefined : { createdAtMs: untilMs, id: FIRST_ID }),
    limit,
    signal,
  });
  return ok(page);
}

/** No id comes before it. */
const FIRST_ID = StepId.parse('0');
