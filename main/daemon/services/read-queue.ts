import type { Refusal } from '../../../contract/errors.ts';
import { type GateId, type RunId, StepId } from '../../../contract/ids.ts';
import type { AttemptRecord, RunRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { type BlockedReason, whyBlocked } from '../domain/why-blocked.ts';
import type { PendingTally, QueuePlace } from '../store/steps.ts';
import type { ServiceContext } from './context.ts';
import { notACursor } from './list-filters.ts';

export interface WaitingStep {
  readonly step: StepRecord;
  /** Null: it is about to start. */
  readonly blockedBy: BlockedReason | 'slot' | null;
  /** Pending ones of the step. */
  readonly gates: readonly GateId[];
}

export interface RunningStep {
  readonly attempt: AttemptRecord;
  /** Null: it cannot be read. */
  readonly step: StepRecord | null;
}

export interface Queue {
  readonly slots: number;
  readonly slotsUsed: number;
  readonly running: readonly RunningStep[];
  /** What waits, on this page and on every other. */
  readonly tally: PendingTally;
  /** In the order in which they start. */
  readonly waiting: readonly WaitingStep[];
  readonly next: string | null;
}

/** What runs and what waits, and for what: a free slot, a gate, its run, or its time. */
export function readQueue(
  context: ServiceContext,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Result<Queue, Refusal> {
  const from = after === undefined ? undefined : parsePlace(after);
  if (from === null) return err(notACursor(after ?? ''));
  const { store, settings, live, clock } = context;
  const nowMs = clock();
  const found = store.steps.listPending({ limit: limit + 1, after: from });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return ok({
    slots: settings.slots,
    slotsUsed: live.size,
    running: store.attempts.listLive().map((attempt) => ({ attempt, step: store.steps.get(attempt.stepId) })),
    tally: store.steps.tallyPending({ nowMs }),
    waiting: describeWaiting(context, page, nowMs),
    next: found.length > limit && last !== undefined ? formatPlace(last) : null,
  });
}

function describeWaiting(
  { store, settings, live }: ServiceContext,
  steps: readonly StepRecord[],
  nowMs: number,
): readonly WaitingStep[] {
  const free = Math.max(0, settings.slots - live.size);
  const starting = new Set(free === 0 ? [] : store.steps.listEligible({ nowMs, limit: free }).map(({ id }) => id));
  const runs = new Map<RunId, RunRecord | null>();
  const stateOf = (runId: RunId) => {
    const run = runs.get(runId) ?? store.runs.get(runId);
    runs.set(runId, run);
    return run?.state ?? 'created';
  };
  return steps.map((step) => {
    const gates = store.gates.pendingOfStep(step.id).map(({ id }) => id);
    const blocked = whyBlocked(step, { runState: stateOf(step.runId), hasPendingGate: gates.length > 0, nowMs });
    return { step, gates, blockedBy: blocked ?? (starting.has(step.id) ? null : 'slot') };
  });
}

const formatPlace = ({ priority, enqueuedAtMs, id }: QueuePlace): string => `${priority}:${enqueuedAtMs}:${id}`;

function parsePlace(cursor: string): QueuePlace | null {
  const [, priority, enqueuedAtMs, name] = /^(-?\d{1,7}):(\d{1,16}):(.+)$/.exec(cursor) ?? [];
  const id = StepId.safeParse(name);
  return id.success ? { priority: Number(priority), enqueuedAtMs: Number(enqueuedAtMs), id: id.data } : null;
}
