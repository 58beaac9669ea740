import type { Fields } from './read-fields.ts';

/** What runs, and what waits in the order in which it starts. */
export interface ClientQueue {
  readonly slots: number;
  readonly slotsUsed: number;
  readonly running: readonly ClientRunning[];
  /** Of all pages. */
  readonly waitingTotal: number;
  readonly waiting: readonly ClientWaiting[];
}

export interface ClientRunning {
  readonly stepId: string;
  readonly runId: string;
  readonly attemptId: string;
  readonly title: string;
  readonly executor: string;
  readonly state: string;
  /** Empty: of an older daemon. */
  readonly stepState: string;
  readonly startedAtMs: number | null;
}

export interface ClientWaiting {
  readonly stepId: string;
  readonly runId: string;
  readonly title: string;
  readonly executor: string;
  readonly priority: number;
  readonly attemptsUsed: number;
  /** Why it is where it is, in the daemon's words; empty: the reason that it waits says it all. */
  readonly statusReason: string;
  readonly enqueuedAtMs: number | null;
  readonly notBeforeMs: number | null;
  /** `gate`, `run`, `not_before`, `slot`, or a word of a newer daemon; empty: it is about to start. */
  readonly blockedBy: string;
  readonly gates: readonly string[];
}

export const clientQueue = (fields: Fields): ClientQueue => ({
  slots: fields.integer('slots'),
  slotsUsed: fields.integer('slots_used'),
  running: fields.objects('running', (one) => ({
    stepId: one.id('step_id'),
    runId: one.text('run_id'),
    attemptId: one.text('attempt_id'),
    title: one.text('title'),
    executor: one.text('executor'),
    state: one.text('state'),
    stepState: one.text('step_state'),
    startedAtMs: one.timeMs('started_at'),
  })),
  waitingTotal: fields.integer('waiting_total'),
  waiting: fields.objects('waiting', (one) => ({
    stepId: one.id('step_id'),
    runId: one.text('run_id'),
    title: one.text('title'),
    executor: one.text('executor'),
    priority: one.integer('priority'),
    attemptsUsed: one.integer('attempts_used'),
    statusReason: one.text('status_reason'),
    enqueuedAtMs: one.timeMs('enqueued_at'),
    notBeforeMs: one.timeMs('not_before'),
    blockedBy: one.text('blocked_reason'),
    gates: one.texts('gates'),
  })),
});
