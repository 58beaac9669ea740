import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { EventRecord } from '../../../contract/events.ts';
import type { AttemptId, StepId, TraceId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { scanList } from './scan-list.ts';

export interface Trace {
  readonly traceId: TraceId;
  /** Oldest first, whatever run and step they belong to. */
  readonly attempts: readonly AttemptRecord[];
  /** What happened to them, in the order of the log. */
  readonly events: readonly EventRecord[];
  /** The number behind which the next page begins. */
  readonly next: number | null;
}

const MAX_ATTEMPTS = 1000;

/** Everything that the record knows of a trace, over all runs and steps that it went through. */
export async function readTrace(
  { store }: Pick<ServiceContext, 'store'>,
  {
    traceId,
    ...page
  }: {
    readonly traceId: TraceId;
    readonly after: number;
    readonly limit: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Result<Trace, Refusal>> {
  const attempts = store.attempts.listOfTrace({ traceId, limit: MAX_ATTEMPTS });
  if (attempts.length === 0) return err(refusal('not_found', `nothing belongs to the trace ${traceId}`));
  const stepIds = new Set(attempts.map(({ stepId }) => stepId));
  const ids = new Set<AttemptId | null>(attempts.map(({ id }) => id));
  const { rows, next } = await scanList({
    ...page,
    read: (from, count) => readSteps({ store }, { stepIds, after: from ?? page.after, limit: count }),
    cursorOf: ({ seq }: EventRecord) => seq,
    keeps: ({ attemptId }) => ids.has(attemptId),
  });
  return ok({ traceId, attempts, events: rows, next });
}

interface StepEvents {
  readonly stepIds: ReadonlySet<StepId>;
  readonly after: number;
  readonly limit: number;
}

/** The events of several steps as one log. */
function readSteps({ store }: Pick<ServiceContext, 'store'>, { stepIds, after, limit }: StepEvents) {
  const events = [...stepIds].flatMap((stepId) => store.events.read({ after, stepId, limit }));
  return events.toSorted((one, other) => one.seq - other.seq).slice(0, limit);
}
