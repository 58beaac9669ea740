import { runPlainStep, untilCleanedUp } from '../bench-step.ts';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { COMMITS_PER_STEP, openCommitFloor } from '../floors/commit-floor.ts';
import { createGitFloor, type GitFloor } from '../floors/git-floor.ts';
import { interleave, timed } from '../interleave.ts';
import { type ProcessorTime, processorTimeOf } from '../processor-time.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { summarize } from '../statistics.ts';

const LANES = 8;
const STEPS_PER_WINDOW = 48;

/** How many steps the bridge gets through when git has no time to rest. */
export const stepRate: Row = {
  name: 'step-rate',
  async measure(bench) {
    const daemon = await startDaemon(bench, { repoRoot: newRepository(bench), env: { CODENCER_SLOTS: String(LANES) } });
    const git = createGitFloor(newRepository(bench));
    using commits = openCommitFloor(bench.workshop.folder('floor-record'));
    const rounds = { count: sized(bench, { quick: 2, usual: 6 }), warmUp: 1 };
    const rates = await interleave(rounds, {
      ours: (round) => ourWindow(daemon, `run-rate-${round}`),
      floor: (round) => floorWindow(git, commits, `rate-${round}`),
    });
    const spread = { ours: summarize(rates.ours.map(rateOf)), floor: summarize(rates.floor.map(rateOf)) };
    return {
      measures: [
        {
          what: `steps, ${LANES} in parallel`,
          unit: 'per second',
          ours: spread.ours.p50,
          floor: spread.floor.p50,
          bar: { of: 'ratio', sense: 'at least', limit: 0.7, marginPercent: 10 },
          spread,
        },
      ],
      notes: [
        `${LANES} slots and ${LANES} planners, each submits and waits in turn; windows of ${STEPS_PER_WINDOW} steps until the last worktree is gone.`,
        `Floor: the commands and commits of step-latency and the removal of the worktree, ${LANES} sequences side by side in one process, in a repository of the same shape and with worktrees in the same place.`,
        `Processor time a step: daemon ${costText(rates.ours)}; floor ${costText(rates.floor)}.`,
      ],
    };
  },
};

function newRepository(bench: Bench): string {
  const root = bench.workshop.folder('repository');
  makeRepository(root, 200);
  return root;
}

interface Window {
  readonly ms: number;
  readonly cost: ProcessorTime;
}

const rateOf = ({ ms }: Window): number => STEPS_PER_WINDOW / (ms / 1000);

/** Medians over the windows. */
function costText(windows: readonly Window[]): string {
  const median = (pick: (cost: ProcessorTime) => number) =>
    (summarize(windows.map(({ cost }) => pick(cost))).p50 / STEPS_PER_WINDOW).toFixed(1);
  return `${median(({ ownMs }) => ownMs)} ms itself and ${median(({ childrenMs }) => childrenMs)} ms in git`;
}

async function measureWindow(pid: number, work: () => Promise<void>): Promise<Window> {
  let ms = 0;
  const cost = await processorTimeOf(pid, async () => {
    ms = await timed(work);
  });
  return { ms, cost };
}

async function ourWindow(daemon: BenchDaemon, runId: string): Promise<Window> {
  await daemon.startRun(runId);
  return measureWindow(daemon.pid, async () => {
    await inLanes((number) => runPlainStep(daemon, runId, `${runId}-${number}`));
    await untilCleanedUp(daemon);
  });
}

async function floorWindow(git: GitFloor, commits: { commit(): void }, name: string): Promise<Window> {
  const ids = Array.from({ length: STEPS_PER_WINDOW }, (_, number) => `${name}-${number}`);
  for (const id of ids) git.prepare(id);
  const window = await measureWindow(process.pid, () =>
    inLanes(async (number) => {
      await git.run(`${name}-${number}`);
      for (let count = 0; count < COMMITS_PER_STEP; count += 1) commits.commit();
      git.clean(`${name}-${number}`);
    }),
  );
  return window;
}

/** All steps of a window, so many at a time. */
async function inLanes(run: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < STEPS_PER_WINDOW; number = next++) await run(number);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
