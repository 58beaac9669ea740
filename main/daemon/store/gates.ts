import type { GateState } from '../../../contract/gate-state.ts';
import type { AttemptId, GateId, RunId, StepId } from '../../../contract/ids.ts';
import { GateRecord } from '../../../contract/records.ts';
import { json, plain } from './columns.ts';
import { BEFORE, cursorOf, NEWEST_FIRST, type PageStart } from './newest-first.ts';
import { createRecordTable } from './record-table.ts';
import { createSelections, LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface GateFilter {
  readonly runId?: RunId | undefined;
  readonly stepId?: StepId | undefined;
}

export interface GatePage extends GateFilter {
  readonly state?: GateState | undefined;
  readonly limit: number;
  readonly before?: PageStart<GateId> | undefined;
}

/** How many gates are pending, and since when the one that has waited longest. */
export interface PendingGates {
  readonly count: number;
  readonly oldestCreatedAtMs: number | null;
}

export interface GateTable {
  insert(gate: GateRecord): void;
  save(gate: GateRecord): void;
  get(id: GateId): GateRecord | null;
  /** Oldest first: what has waited longest. Of closed gates lists leave `request` out, as if there were none. */
  listPending(page: GateFilter & { readonly limit: number }): readonly GateRecord[];
  /** Newest first. */
  list(page: GatePage): readonly GateRecord[];
  /** Oldest first, gates of the step's attempts included. */
  pendingOfStep(stepId: StepId): readonly GateRecord[];
  pendingOfAttempt(attemptId: AttemptId): readonly GateRecord[];
  /** Oldest first, gates of the run's steps and attempts included. */
  pendingOfRun(runId: RunId): readonly GateRecord[];
  tallyPending(): PendingGates;
  countPendingOfRun(runId: RunId): number;
  /** Gates that the attempt has ever had. */
  countOfAttempt(attemptId: AttemptId): number;
  /** Pending ones that were due at `nowMs` or earlier; longest overdue first. */
  listExpired(nowMs: number): readonly GateRecord[];
}

const SHAPE: TableShape<GateRecord> = {
  table: 'gates',
  columns: {
    id: plain('id'),
    kind: plain('kind'),
    subject: plain('subject'),
    runId: plain('run_id'),
    stepId: plain('step_id'),
    attemptId: plain('attempt_id'),
    state: plain('state'),
    prompt: plain('prompt'),
    reasons: json('reasons'),
    subjectDigest: plain('subject_digest'),
    expiresAtMs: plain('expires_at_ms'),
    onExpiry: plain('on_expiry'),
    createdAtMs: plain('created_at_ms'),
    decidedAtMs: plain('decided_at_ms'),
    decidedBy: plain('decided_by'),
    decidedDigest: plain('decided_digest'),
    reason: plain('reason'),
    request: json('request'),
    scope: plain('scope'),
  },
  key: ['id'],
  fixed: ['kind', 'subject', 'runId', 'stepId', 'attemptId', 'createdAtMs', 'request'],
  schema: GateRecord,
};

const OLDEST_FIRST = 'ORDER BY created_at_ms, id';
const EXPIRED = `INDEXED BY gates_expiring WHERE state = 'pending' AND expires_at_ms <= ?
  ORDER BY expires_at_ms, id`;
const FILTERS = ['runId', 'stepId', 'state'] as const;

const LISTED: TableShape<GateRecord> = { ...SHAPE, columns: { ...SHAPE.columns, request: json('open_request') } };

export function createGateTable(parts: StoreParts): GateTable {
  const table = createRecordTable(parts, SHAPE);
  const lists = createSelections(parts, LISTED);
  const byId = table.select('WHERE id = ?');
  const ofAttempt = table.select(`WHERE attempt_id = ? AND state = 'pending' ${OLDEST_FIRST}`);
  const ofStep = table.select(`WHERE step_id = ? AND state = 'pending' ${OLDEST_FIRST}`);
  const ofRun = table.select(`WHERE run_id = ? AND state = 'pending' ${OLDEST_FIRST}`);
  const expired = table.select(EXPIRED);
  const count = parts.db.prepare<[AttemptId], number>('SELECT count(*) FROM gates WHERE attempt_id = ?').pluck();

  const tally = parts.db.prepare<[], PendingGates>(
    "SELECT count(*) AS count, min(created_at_ms) AS oldestCreatedAtMs FROM gates WHERE state = 'pending'",
  );

  const pendingInRun = parts.db
    .prepare<[RunId], number>("SELECT count(*) FROM gates WHERE run_id = ? AND state = 'pending'")
    .pluck();

  function listInOrder(order: string, page: GatePage): readonly GateRecord[] {
    const used = FILTERS.flatMap((field) => (page[field] === undefined ? [] : [{ field, value: page[field] }]));
    const conditions = [...used.map(({ field }) => `${SHAPE.columns[field].name} = ?`), BEFORE];
    const rows = lists(`WHERE ${conditions.join(' AND ')} ${order} ${LIMIT}`);
    return rows.page(page.limit, ...used.map(({ value }) => value), ...cursorOf(page.before));
  }

  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    listPending: (page) => listInOrder(OLDEST_FIRST, { ...page, state: 'pending' }),
    list: (page) => listInOrder(NEWEST_FIRST, page),
    pendingOfStep: (stepId) => ofStep.all(stepId),
    pendingOfAttempt: (attemptId) => ofAttempt.all(attemptId),
    pendingOfRun: (runId) => ofRun.all(runId),
    tallyPending: () => tally.get() ?? { count: 0, oldestCreatedAtMs: null },
    countPendingOfRun: (runId) => pendingInRun.get(runId) ?? 0,
    countOfAttempt: (attemptId) => count.get(attemptId) ?? 0,
    listExpired: (nowMs) => expired.all(nowMs),
  };
}
