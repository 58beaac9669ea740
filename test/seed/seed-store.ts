import { LIVE_ATTEMPT_STATES } from '../../contract/attempt-state.ts';
import type { CommitHash } from '../../contract/records.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { createDraw } from './draw.ts';
import { createTeller, type Pen } from './pen.ts';
import { playRun, type RunPlan } from './play-run.ts';
import type { SeedClock } from './seed-clock.ts';
import { drawSettled, type StepStory, unsettledStory } from './story.ts';

export interface SeedSize {
  readonly runs: number;
  readonly stepsPerRun: number;
  /** In all, about; the steps alone may bring more. */
  readonly events: number;
}

export interface SeedPlan extends SeedSize {
  /** The same seed gives the same story; times and the base commit are the caller's. */
  readonly seed: number;
  readonly baseCommit: CommitHash;
  readonly workspaceRoot: string;
  /** Null: no evidence is written, and the record names none. */
  readonly artifactRoot: string | null;
  /** Whether a killed daemon is acted out: an attempt in each live state, for the next one to recover. */
  readonly isKilled: boolean;
  readonly onRun?: (count: number) => void;
}

/** How much time a run takes of the past; most need less, and then nothing happens for a while. */
export const RUN_SPAN_MS = 300_000;

/** So many runs a transaction: a commit for each would take minutes. */
const RUNS_PER_COMMIT = 250;
/** One run in so many is given up. */
const RUNS_PER_ABORT = 25;
/** Only the newest of a hundred runs wait for anybody: what is older was seen to long ago. */
const RUNS_PER_OPEN = 100;
const LEAST_OPEN = 3;

/** Fills the store through its own writers, as daemons of the past would have. `clock` must be the store's own. */
export function seedStore(store: Store, clock: SeedClock, plan: SeedPlan): void {
  const { now, pass } = clock;
  const teller = createTeller(store, now);
  const pen: Pen = { ...plan, store, teller, draw: createDraw(plan.seed), clock: now, pass };
  const startMs = clock.now();
  const eventsBefore = store.events.lastSeq();
  for (let first = 0; first < plan.runs; first += RUNS_PER_COMMIT) {
    const end = Math.min(first + RUNS_PER_COMMIT, plan.runs);
    store.transaction(() => {
      for (let index = first; index < end; index += 1) {
        clock.passUntil(startMs + index * RUN_SPAN_MS);
        const events = eventsBefore + Math.floor((plan.events * (index + 1)) / plan.runs);
        playRun(pen, { ...planRun(pen, plan, index), events });
      }
    });
    plan.onRun?.(end);
  }
}

function planRun({ draw }: Pen, plan: SeedPlan, index: number): Omit<RunPlan, 'events'> {
  const fromEnd = plan.runs - 1 - index;
  const last = lastStory(plan, fromEnd);
  const settled = Array.from({ length: plan.stepsPerRun }, () => drawSettled(draw));
  if (plan.stepsPerRun === 0 || last === null) return { stories: settled, isAborted: isAborted(draw, plan) };
  return { stories: [...settled.slice(1), last], isAborted: false };
}

const isAborted = (draw: Pen['draw'], { stepsPerRun }: SeedPlan): boolean =>
  stepsPerRun > 0 && draw.whole(1, RUNS_PER_ABORT) === 1;

/** What the newest runs end with. Null: everything in it has ended. */
function lastStory({ runs, isKilled }: SeedPlan, fromEnd: number): StepStory | null {
  const live = isKilled ? LIVE_ATTEMPT_STATES[fromEnd] : undefined;
  if (live !== undefined) return { kind: 'left', in: live };
  return fromEnd < LIVE_ATTEMPT_STATES.length + Math.max(Math.ceil(runs / RUNS_PER_OPEN), LEAST_OPEN)
    ? unsettledStory(fromEnd)
    : null;
}
