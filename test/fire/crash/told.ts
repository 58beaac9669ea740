import type { DrawnTask } from './tasks.ts';

/** What the daemons have said to somebody. None of it may be unsaid by a later one. */
export interface Told {
  /** Runs that exist. */
  readonly runs: Set<string>;
  /** Steps that were taken, with what their programs do. */
  readonly steps: Map<string, ToldStep>;
  /** Gates that were decided, and how. */
  readonly gates: Map<string, 'approved' | 'rejected'>;
  /** Steps that were cancelled, and not asked for again since. */
  readonly cancelled: Set<string>;
  /** Hashes of events, by sequence number. */
  readonly events: Map<number, string>;
}

export interface ToldStep {
  readonly runId: string;
  readonly drawn: DrawnTask;
}

export const createTold = (): Told => ({
  runs: new Set(),
  steps: new Map(),
  gates: new Map(),
  cancelled: new Set(),
  events: new Map(),
});
