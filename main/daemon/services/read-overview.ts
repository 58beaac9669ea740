import type { LastAudit } from '../../../contract/last-audit.ts';
import type { AttemptRecord, StepRecord } from '../../../contract/records.ts';
import { RUN_STATES, type RunState } from '../../../contract/run-state.ts';
import { STEP_STATES, type StepState } from '../../../contract/step-state.ts';
import type { PendingGates } from '../store/gates.ts';
import type { ServiceContext } from './context.ts';
import type { LastLines } from './last-lines.ts';
import { lastAudit } from './remember-audit.ts';

export interface RunningAttempt {
  readonly attempt: AttemptRecord;
  /** Null: it cannot be read. */
  readonly step: StepRecord | null;
  readonly lastLine: string | null;
}

export interface Overview {
  /** Number of the last event that is in it. */
  readonly cursor: number;
  readonly gates: PendingGates;
  readonly runs: ReadonlyMap<RunState, number>;
  readonly steps: ReadonlyMap<StepState, number>;
  readonly keptWorktrees: number;
  /** Rows that could not be read. */
  readonly setAside: number;
  readonly audit: LastAudit | null;
  /** Oldest first. */
  readonly running: readonly RunningAttempt[];
}

const MAX_RUNNING = 20;

/** How everything stands, in one look: counts, and what is worked on. */
export function readOverview(context: ServiceContext, lines: LastLines): Overview {
  const { store } = context;
  return {
    cursor: store.events.lastSeq(),
    gates: store.gates.tallyPending(),
    runs: countEach(RUN_STATES, (state) => store.runs.count({ state })),
    steps: countEach(STEP_STATES, (state) => store.steps.countOfState(state)),
    keptWorktrees: store.attempts.countWithKeptWorktree(),
    setAside: store.countQuarantined(),
    audit: lastAudit(context),
    running: store.attempts
      .listLive()
      .slice(0, MAX_RUNNING)
      .map((attempt) => ({ attempt, step: store.steps.get(attempt.stepId), lastLine: lines.of(attempt.id) })),
  };
}

const countEach = <State extends string>(
  states: readonly State[],
  count: (state: State) => number,
): ReadonlyMap<State, number> => new Map(states.map((state) => [state, count(state)]));
