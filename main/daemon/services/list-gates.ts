import type { Refusal } from '../../../contract/errors.ts';
import type { GateState } from '../../../contract/gate-state.ts';
import { GateId, type RunId, type StepId } from '../../../contract/ids.ts';
import type { GateRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListRequest, parseCursor } from './list-filters.ts';
import { scanByTime } from './scan-by-time.ts';
import type { ListPage } from './scan-list.ts';

export interface GateListRequest extends ListRequest {
  readonly state?: GateState | undefined;
  readonly runId?: RunId | undefined;
  readonly stepId?: StepId | undefined;
}

/** Gates that were ever opened, newest first. */
export async function listGates(
  { store }: Pick<ServiceContext, 'store'>,
  request: GateListRequest,
): Promise<Result<ListPage<GateRecord, string>, Refusal>> {
  const { state, runId, stepId, limit, signal, sinceMs = 0 } = request;
  const before = parseCursor(request.after, (text) => GateId.safeParse(text).data);
  if (!before.ok) return before;
  const page = await scanByTime({
    read: (from, count) => store.gates.list({ state, runId, stepId, limit: count, before: from }),
    keeps: (gate) =>
      isInTime(request, gate.createdAtMs) && holdsText(request, [gate.id, gate.prompt, gate.reason, ...gate.reasons]),
    isPast: ({ createdAtMs }) => createdAtMs < sinceMs,
    after: before.value,
    limit,
    signal,
  });
  return ok(page);
}
