import { numbersOf } from './numbers-of.ts';
import type { Fields } from './read-fields.ts';

/** How everything stands, in one look. */
export interface ClientOverview {
  /** The number of the last event that is in it. */
  readonly cursor: number;
  readonly gatesPending: number;
  readonly gatesOldestAtMs: number | null;
  /** By state; a newer daemon may know more of them. */
  readonly runs: Readonly<Record<string, number>>;
  readonly steps: Readonly<Record<string, number>>;
  /** Steps that have yet to start. */
  readonly waitingCount: number;
  readonly keptWorktrees: number;
  readonly setAside: number;
  /** `null`: the record was never checked. */
  readonly audit: ClientLastAudit | null;
  /** Oldest first, at most twenty. */
  readonly running: readonly ClientRunningAttempt[];
}

export interface ClientLastAudit {
  readonly atMs: number | null;
  readonly ok: boolean;
  readonly events: number;
  readonly artifacts: number;
  readonly problems: number;
}

export interface ClientRunningAttempt {
  readonly stepId: string;
  readonly runId: string;
  readonly attemptId: string;
  readonly attemptNumber: number;
  readonly title: string;
  /** Of the step. */
  readonly state: string;
  readonly attemptState: string;
  readonly executor: string;
  readonly startedAtMs: number | null;
  readonly createdAtMs: number | null;
  readonly lastLine: string | null;
}

export const clientOverview = (fields: Fields): ClientOverview => ({
  cursor: fields.integer('cursor'),
  gatesPending: fields.integer('gates_pending'),
  gatesOldestAtMs: fields.timeMs('gates_oldest_at'),
  runs: numbersOf(fields.json('runs')),
  steps: numbersOf(fields.json('steps')),
  waitingCount: fields.integer('waiting_count'),
  keptWorktrees: fields.integer('kept_worktrees'),
  setAside: fields.integer('set_aside'),
  audit: fields.object('audit', (one) => ({
    atMs: one.timeMs('at'),
    ok: one.flag('ok'),
    events: one.integer('events'),
    artifacts: one.integer('artifacts'),
    problems: one.integer('problems'),
  })),
  running: fields.objects('running', (one) => ({
    stepId: one.id('step_id'),
    runId: one.id('run_id'),
    attemptId: one.id('attempt_id'),
    attemptNumber: one.integer('attempt_number'),
    title: one.text('title'),
    state: one.text('state'),
    attemptState: one.text('attempt_state'),
    executor: one.text('executor'),
    startedAtMs: one.timeMs('started_at'),
    createdAtMs: one.timeMs('created_at'),
    lastLine: one.optionalText('last_line'),
  })),
});
