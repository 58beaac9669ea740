import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../contract/result.ts';
import type { SeedSize } from './seed-store.ts';

export interface SeedOptions {
  readonly size: SeedSize;
  /** Empty: the folder from which npm was called. */
  readonly repoRoot: string;
  readonly seed: number;
  /** Whether a record that holds runs already gets more. */
  readonly mayAdd: boolean;
  readonly isKilled: boolean;
}

export const USAGE = `npm run seed -- --runs N [--repo-root path] [--steps-per-run N] [--events N] [--seed N] [--add] [--settled]

Fills the record of a repository with runs that never were, so that lists, queries and clients can be tried on it.

  --runs N           how many; 10,000 take about a minute and half a gigabyte
  --repo-root path   the repository; by default the one that you are in
  --steps-per-run N  5 unless you say otherwise
  --events N         in all, about; 100 for each run unless you say otherwise
  --seed N           another number, another story; by default always the same
  --add              also into a record that holds runs already
  --settled          without the four attempts that the next daemon has to recover
`;

const MAX_RUNS = 1_000_000;
const STEPS_PER_RUN = 5;
const EVENTS_PER_RUN = 100;

/** The error is a sentence. */
export function readOptions(args: readonly string[]): Result<SeedOptions, string> {
  const values = parse(args);
  if (!values.ok) return values;
  const { runs, 'steps-per-run': steps, events, seed, 'repo-root': repoRoot, add, settled } = values.value;
  const sizes = {
    runs: whole(runs, 1),
    stepsPerRun: whole(steps ?? String(STEPS_PER_RUN), 0),
    seed: whole(seed ?? '1', 0),
  };
  if (sizes.runs === null || sizes.runs > MAX_RUNS) return err(`--runs must be a whole number from 1 to ${MAX_RUNS}`);
  if (sizes.stepsPerRun === null) return err('--steps-per-run must be a whole number');
  const eventCount = whole(events ?? String(sizes.runs * EVENTS_PER_RUN), 0);
  if (eventCount === null) return err('--events must be a whole number');
  if (sizes.seed === null) return err('--seed must be a whole number');
  const size = { runs: sizes.runs, stepsPerRun: sizes.stepsPerRun, events: eventCount };
  return ok({ size, repoRoot: repoRoot ?? '', seed: sizes.seed, mayAdd: add, isKilled: !settled });
}

const whole = (text: string | undefined, least: number): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string' },
        'repo-root': { type: 'string' },
        'steps-per-run': { type: 'string' },
        events: { type: 'string' },
        seed: { type: 'string' },
        add: { type: 'boolean', default: false },
        settled: { type: 'boolean', default: false },
      },
    });
    return ok(values);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return err(error.message);
  }
}
