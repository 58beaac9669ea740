import type { AttemptId, RunId, StepId, TraceId } from '../../../contract/ids.ts';
import { AttemptRecord } from '../../../contract/records.ts';
import { flag, json, plain } from './columns.ts';
import { BEFORE, cursorOf, NEWEST_FIRST, type PageStart } from './newest-first.ts';
import { createRecordTable } from './record-table.ts';
import { LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface AttemptTable {
  /** Throws when the lane of the step has a live attempt already. */
  insert(attempt: AttemptRecord): void;
  save(attempt: AttemptRecord): void;
  get(id: AttemptId): AttemptRecord | null;
  /** By number. */
  listOfStep(stepId: StepId): readonly AttemptRecord[];
  /** Of all its steps, newest first. */
  listOfRun(page: {
    readonly runId: RunId;
    readonly limit: number;
    readonly before?: PageStart<AttemptId> | undefined;
  }): readonly AttemptRecord[];
  newestOfStep(stepId: StepId): AttemptRecord | null;
  nextNumber(stepId: StepId): number;
  /** Oldest first. */
  listLive(): readonly AttemptRecord[];
  /** Attempts whose worktree is still on disk because something in it could not be saved. Oldest first. */
  listWithKeptWorktree(): readonly AttemptRecord[];
  countWithKeptWorktree(): number;
  /** Newest first. */
  listWithSalvage(page: {
    readonly limit: number;
    readonly before?: PageStart<AttemptId> | undefined;
  }): readonly AttemptRecord[];
  /** Oldest first. */
  listOfTrace(page: { readonly traceId: TraceId; readonly limit: number }): readonly AttemptRecord[];
  /** Those of an executor that have ended, newest first. */
  listEndedOf(page: { readonly executor: string; readonly limit: number }): readonly AttemptRecord[];
}

const SHAPE: TableShape<AttemptRecord> = {
  table: 'attempts',
  columns: {
    id: plain('id'),
    stepId: plain('step_id'),
    runId: plain('run_id'),
    number: plain('number'),
    lane: plain('lane'),
    submission: plain('submission'),
    executor: plain('executor'),
    state: plain('state'),
    failureClass: plain('failure_class'),
    summary: plain('summary'),
    questions: json('questions'),
    warnings: json('warnings'),
    filesChanged: json('files_changed'),
    isSimulation: flag('is_simulation'),
    exitCode: plain('exit_code'),
    signal: plain('signal'),
    traceId: plain('trace_id'),
    mark: plain('mark'),
    worktreePath: plain('worktree_path'),
    baseCommit: plain('base_commit'),
    pid: plain('pid'),
    pidStartTicks: plain('pid_start_ticks'),
    executorSession: plain('executor_session'),
    invocation: json('invocation'),
    usage: json('usage'),
    provisioning: json('provisioning'),
    salvage: json('salvage'),
    cancelRequest: json('cancel_request'),
    createdAtMs: plain('created_at_ms'),
    startedAtMs: plain('started_at_ms'),
    endedAtMs: plain('ended_at_ms'),
    updatedAtMs: plain('updated_at_ms'),
  },
  key: ['id'],
  fixed: ['stepId', 'runId', 'number', 'lane', 'createdAtMs'],
  schema: AttemptRecord,
};

const LIVE =
  "WHERE state IN ('dispatching', 'running', 'collecting_artifacts', 'validating') ORDER BY created_at_ms, id";

export function createAttemptTable(parts: StoreParts): AttemptTable {
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const ofStep = table.select('WHERE step_id = ? ORDER BY number');
  // By its steps, for which there are indexes.
  const ofRun = table.select(
    `WHERE step_id IN (SELECT id FROM steps WHERE run_id = ?) AND ${BEFORE} ${NEWEST_FIRST} ${LIMIT}`,
  );
  const newest = table.select(`WHERE step_id = ? ORDER BY number DESC ${LIMIT}`);
  const live = table.select(LIVE);
  const withKeptWorktree = table.select('WHERE kept_worktree IS NOT NULL ORDER BY created_at_ms, id');
  const withSalvage = table.select(`WHERE salvage IS NOT NULL AND ${BEFORE} ${NEWEST_FIRST} ${LIMIT}`);
  const ofTrace = table.select(`WHERE trace_id = ? ORDER BY created_at_ms, id ${LIMIT}`);
  const endedOf = table.select(`WHERE executor = ? AND ended_at_ms IS NOT NULL ${NEWEST_FIRST} ${LIMIT}`);
  const greatestNumber = parts.db
    .prepare<[StepId], number | null>('SELECT max(number) FROM attempts WHERE step_id = ?')
    .pluck();

  const keptWorktrees = parts.db
    .prepare<[], number>('SELECT count(*) FROM attempts WHERE kept_worktree IS NOT NULL')
    .pluck();

  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    listOfStep: (stepId) => ofStep.all(stepId),
    listOfRun: ({ runId, limit, before }) => ofRun.page(limit, runId, ...cursorOf(before)),
    newestOfStep: (stepId) => newest.page(1, stepId)[0] ?? null,
    nextNumber: (stepId) => (greatestNumber.get(stepId) ?? 0) + 1,
    listLive: () => live.all(),
    listWithKeptWorktree: () => withKeptWorktree.all(),
    countWithKeptWorktree: () => keptWorktrees.get() ?? 0,
    listWithSalvage: ({ limit, before }) => withSalvage.page(limit, ...cursorOf(before)),
    listOfTrace: ({ traceId, limit }) => ofTrace.page(limit, traceId),
    listEndedOf: ({ executor, limit }) => endedOf.page(limit, executor),
  };
}
