import type { Refusal } from '../../../contract/errors.ts';
import { type RunId, StepId } from '../../../contract/ids.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { StepState } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListRequest, parseCursor } from './list-filters.ts';
import { scanByTime } from './scan-by-time.ts';
import type { ListPage } from './scan-list.ts';

export interface StepListRequest extends ListRequest {
  readonly runId: RunId;
  readonly state?: StepState | undefined;
  readonly executor?: string | undefined;
}

/** The steps of a run, oldest first. Empty for a run that does not exist, as the whole list is. */
export async function listSteps(
  { store }: Pick<ServiceContext, 'store'>,
  request: StepListRequest,
): Promise<Result<ListPage<StepRecord, string>, Refusal>> {
  const { runId, limit, signal, sinceMs } = request;
  const after = parseCursor(request.after, (text) => StepId.safeParse(text).data);
  if (!after.ok) return after;
  const page = await scanByTime({
    read: (from, count) => store.steps.pageOfRun({ runId, limit: count, after: from }),
    keeps: (step) => isWanted(step, request),
    isPast: ({ createdAtMs }) => createdAtMs >= (request.untilMs ?? Infinity),
    after: after.value ?? startAt(sinceMs),
    limit,
    signal,
  });
  return ok(page);
}

/** Behind every step that was made before that time. */
const startAt = (sinceMs: number | undefined) =>
  sinceMs === undefined ? undefined : { createdAtMs: Math.max(0, sinceMs - 1), id: LAST_ID };
const LAST_ID = StepId.parse('z'.repeat(128));

function isWanted(step: StepRecord, request: StepListRequest): boolean {
  if (request.state !== undefined && step.state !== request.state) return false;
  if (request.executor !== undefined && step.executor !== request.executor) return false;
  return (
    isInTime(request, step.createdAtMs) &&
    holdsText(request, [step.id, step.spec.title, step.spec.goal, step.statusReason])
  );
}
