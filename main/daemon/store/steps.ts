import type { RunId, StepId } from '../../../contract/ids.ts';
import { StepRecord } from '../../../contract/records.ts';
import { StepState } from '../../../contract/step-state.ts';
import { flag, json, plain } from './columns.ts';
import { BEFORE, cursorOf, NEWEST_FIRST, type PageStart } from './newest-first.ts';
import { createRecordTable } from './record-table.ts';
import { LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

/** How many steps of a run are in each state, and how many required ones have failed. */
export interface StepTally {
  readonly counts: Readonly<Record<StepState, number>>;
  readonly failedRequired: number;
}

/** Where a step stands in the queue. */
export type QueuePlace = Pick<StepRecord, 'id' | 'priority' | 'enqueuedAtMs'>;

/** Of several reasons the first one counts: a gate of the step or its run, a run that does not run, the time. */
export interface PendingTally {
  readonly gate: number;
  readonly run: number;
  readonly notBefore: number;
  /** Nothing but a free slot. */
  readonly eligible: number;
}

export interface StepPage {
  readonly runId?: RunId | undefined;
  readonly state?: StepState | undefined;
  readonly limit: number;
  readonly before?: PageStart<StepId> | undefined;
}

export interface StepTable {
  insert(step: StepRecord): void;
  save(step: StepRecord): void;
  get(id: StepId): StepRecord | null;
  /** Oldest first. */
  listOfRun(runId: RunId): readonly StepRecord[];
  /** Oldest first, from behind `after` on. */
  pageOfRun(page: {
    readonly runId: RunId;
    readonly limit: number;
    readonly after?: PageStart<StepId> | undefined;
  }): readonly StepRecord[];
  /** Of all runs or of one, in one state or in any; newest first. */
  list(page: StepPage): readonly StepRecord[];
  countOfState(state: StepState): number;
  /** Everything that waits to start, due or not, in the order in which it starts. */
  listPending(page: { readonly limit: number; readonly after?: QueuePlace | undefined }): readonly StepRecord[];
  /** What everything that waits to start waits for, each step counted once. */
  tallyPending(at: { readonly nowMs: number }): PendingTally;
  /** What may start now, in the order in which it starts (SPEC.md, QRY-1). */
  listEligible(at: { readonly nowMs: number; readonly limit: number }): readonly StepRecord[];
  /** When the next pending step becomes due that is not due yet. */
  nextNotBeforeMs(at: { readonly nowMs: number }): number | null;
  /** Steps that somebody works on: in flight, or waiting for an approval while their attempt lives. Oldest first. */
  listInFlight(): readonly StepRecord[];
  /** A step whose state cannot be read counts as `needs_manual_attention`. */
  tallyOfRun(runId: RunId): StepTally;
}

const SHAPE: TableShape<StepRecord> = {
  table: 'steps',
  columns: {
    id: plain('id'),
    runId: plain('run_id'),
    phaseId: plain('phase_id'),
    state: plain('state'),
    statusReason: plain('status_reason'),
    spec: json('spec'),
    executor: plain('executor'),
    submission: plain('submission'),
    isRequired: flag('is_required'),
    priority: plain('priority'),
    enqueuedAtMs: plain('enqueued_at_ms'),
    notBeforeMs: plain('not_before_ms'),
    attemptsUsed: plain('attempts_used'),
    createdAtMs: plain('created_at_ms'),
    updatedAtMs: plain('updated_at_ms'),
  },
  key: ['id'],
  fixed: ['runId', 'createdAtMs'],
  schema: StepRecord,
};

const LIVE_ATTEMPT = `EXISTS (SELECT 1 FROM attempts a WHERE a.step_id = steps.id
  AND a.state IN ('dispatching', 'running', 'collecting_artifacts', 'validating'))`;

const IN_FLIGHT = `INDEXED BY steps_in_flight WHERE state IN ('dispatching', 'running', 'collecting_artifacts', 'validating', 'needs_approval')
  AND (state <> 'needs_approval' OR ${LIVE_ATTEMPT}) ORDER BY created_at_ms, id`;

const ELIGIBLE = `INDEXED BY steps_queue WHERE state = 'pending' AND (not_before_ms IS NULL OR not_before_ms <= ?)
  AND (SELECT r.state FROM runs r WHERE r.id = steps.run_id) = 'running'
  AND NOT EXISTS (SELECT 1 FROM gates g WHERE g.step_id = steps.id AND g.state = 'pending')
  ORDER BY priority DESC, enqueued_at_ms, id ${LIMIT}`;

/** Parameters: the place of the step before, its priority twice. The first condition is what searches the index. */
const PENDING_BEHIND = `INDEXED BY steps_queue WHERE state = 'pending' AND priority <= ?
  AND (priority < ? OR (enqueued_at_ms, id) > (?, ?)) ORDER BY priority DESC, enqueued_at_ms, id ${LIMIT}`;

/** Sets that are made once. The limit keeps SQLite from working the reason out anew for each count. */
const IS_GATED = `(run_id IN (SELECT id FROM runs WHERE state = 'paused_for_gate')
  OR id IN (SELECT step_id FROM gates WHERE state = 'pending' AND step_id IS NOT NULL))`;
const PENDING_TALLY = `SELECT
    count(*) FILTER (WHERE reason = 'gate') AS gate,
    count(*) FILTER (WHERE reason = 'run') AS run,
    count(*) FILTER (WHERE reason = 'notBefore') AS notBefore,
    count(*) FILTER (WHERE reason = 'eligible') AS eligible
  FROM (SELECT CASE WHEN ${IS_GATED} THEN 'gate'
    WHEN run_id NOT IN (SELECT id FROM runs WHERE state = 'running') THEN 'run'
    WHEN not_before_ms > ? THEN 'notBefore' ELSE 'eligible' END AS reason
    FROM steps INDEXED BY steps_queue WHERE state = 'pending' LIMIT -1)`;

const FILTERS = ['runId', 'state'] as const;

const FAILED: ReadonlySet<StepState> = new Set([
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
]);

export function createStepTable(parts: StoreParts): StepTable {
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const ofRun = table.select('WHERE run_id = ? ORDER BY created_at_ms, id');
  const pageOfRun = table.select(
    `WHERE run_id = ? AND (created_at_ms, id) > (?, ?) ORDER BY created_at_ms, id ${LIMIT}`,
  );
  const pendingBehind = table.select(PENDING_BEHIND);
  const pendingTally = parts.db.prepare<[number], PendingTally>(PENDING_TALLY);
  const eligible = table.select(ELIGIBLE);
  const inFlight = table.select(IN_FLIGHT);
  const countOfState = parts.db.prepare<[StepState], number>('SELECT count(*) FROM steps WHERE state = ?').pluck();
  const tally = parts.db.prepare<[RunId], TallyRow>(
    'SELECT state, is_required AS isRequired, count(*) AS count FROM steps WHERE run_id = ? GROUP BY state, is_required',
  );
  const nextDue = parts.db
    .prepare<[number], number | null>(
      "SELECT min(not_before_ms) FROM steps WHERE state = 'pending' AND not_before_ms IS NOT NULL AND not_before_ms > ?",
    )
    .pluck();

  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    listOfRun: (runId) => ofRun.all(runId),
    pageOfRun: ({ runId, limit, after }) => pageOfRun.page(limit, runId, after?.createdAtMs ?? 0, after?.id ?? ''),
    list({ limit, before, ...filter }) {
      const used = FILTERS.flatMap((field) => (filter[field] === undefined ? [] : [{ field, value: filter[field] }]));
      const conditions = [...used.map(({ field }) => `${SHAPE.columns[field].name} = ?`), BEFORE];
      const page = table.select(`WHERE ${conditions.join(' AND ')} ${NEWEST_FIRST} ${LIMIT}`);
      return page.page(limit, ...used.map(({ value }) => value), ...cursorOf(before));
    },
    countOfState: (state) => countOfState.get(state) ?? 0,
    listPending({ limit, after: { priority, enqueuedAtMs, id } = FRONT }) {
      return pendingBehind.page(limit, priority, priority, enqueuedAtMs, id);
    },
    tallyPending: ({ nowMs }) => pendingTally.get(nowMs) ?? NOTHING_PENDING,
    listEligible: ({ nowMs, limit }) => eligible.page(limit, nowMs),
    nextNotBeforeMs: ({ nowMs }) => nextDue.get(nowMs) ?? null,
    listInFlight: () => inFlight.all(),
    tallyOfRun: (runId) => toTally(tally.all(runId)),
  };
}

/** Before every step. */
const FRONT = { priority: Number.MAX_SAFE_INTEGER, enqueuedAtMs: 0, id: '' } as const;
const NOTHING_PENDING: PendingTally = { gate: 0, run: 0, notBefore: 0, eligible: 0 };

interface TallyRow {
  readonly state: string;
  readonly isRequired: number;
  readonly count: number;
}

function toTally(rows: readonly TallyRow[]): StepTally {
  const counts: Record<StepState, number> = { ...NO_STEPS };
  let failedRequired = 0;
  for (const row of rows) {
    const state = StepState.safeParse(row.state).data ?? 'needs_manual_attention';
    counts[state] += row.count;
    if (row.isRequired !== 0 && FAILED.has(state)) failedRequired += row.count;
  }
  return { counts, failedRequired };
}

const NO_STEPS: Readonly<Record<StepState, number>> = {
  pending: 0,
  dispatching: 0,
  running: 0,
  collecting_artifacts: 0,
  validating: 0,
  needs_approval: 0,
  needs_manual_attention: 0,
  completed: 0,
  completed_with_warnings: 0,
  failed_retryable: 0,
  failed_terminal: 0,
  failed_validation: 0,
  failed_adapter: 0,
  failed_bridge: 0,
  timeout: 0,
  cancelled: 0,
};
