import { runPlainStep, untilCleanedUp } from '../bench-step.ts';
import { startDaemon } from '../daemon.ts';
import { COMMITS_PER_STEP, openCommitFloor } from '../floors/commit-floor.ts';
import { createGitFloor } from '../floors/git-floor.ts';
import { STEP_COMMAND_NAMES } from '../floors/step-commands.ts';
import { interleave, timed } from '../interleave.ts';
import { recordGit } from '../record-git.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, type RowReport, sized } from '../row.ts';
import { summarize } from '../statistics.ts';

const FILES = 200;

/** What the bridge adds to the git that a step needs. */
export const stepLatency: Row = {
  name: 'step-latency',
  async measure(bench) {
    const recorded = await commandsOfAStep(bench);
    const repoRoot = newRepository(bench);
    const daemon = await startDaemon(bench, { repoRoot });
    await daemon.startRun('run-latency');
    const git = createGitFloor(newRepository(bench));
    using commits = openCommitFloor(bench.workshop.folder('floor-record'));
    const rounds = { count: sized(bench, { quick: 40, usual: 200 }), warmUp: 10 };
    const times = await interleave(rounds, {
      async ours(round) {
        const ms = await timed(() => runPlainStep(daemon, 'run-latency', `latency-${round}`));
        await untilCleanedUp(daemon);
        return ms;
      },
      async floor(round) {
        const id = `floor-${round}`;
        git.prepare(id);
        const ms = await timed(async () => {
          await git.run(id);
          for (let count = 0; count < COMMITS_PER_STEP; count += 1) commits.commit();
        });
        git.clean(id);
        return ms;
      },
    });
    return report(times, recorded);
  },
};

interface Times {
  readonly ours: readonly number[];
  readonly floor: readonly number[];
}

function report(times: Times, recorded: readonly string[]): RowReport {
  const spread = { ours: summarize(times.ours), floor: summarize(times.floor) };
  return {
    measures: [
      {
        what: `submit to end over HTTP, simulation, ${FILES} files, p50`,
        unit: 'ms',
        ours: spread.ours.p50,
        floor: spread.floor.p50,
        bar: { of: 'ratio', sense: 'at most', limit: 1.5, marginPercent: 10 },
        spread,
      },
    ],
    notes: [
      'From the submit to the reply of a wait, one step at a time; each step adds one file.',
      `Floor: ${STEP_COMMAND_NAMES.length} git commands with the same settings and environment, and ${COMMITS_PER_STEP} synced commits in one process.`,
      `The floor's commands: ${STEP_COMMAND_NAMES.join(', ')}.`,
      `The daemon's, recorded in this run: ${recorded.join(', ')}.`,
    ],
  };
}

function newRepository(bench: Bench): string {
  const root = bench.workshop.folder('repository');
  makeRepository(root, FILES);
  return root;
}

/** A floor of other commands than the daemon's would say nothing. */
async function commandsOfAStep(bench: Bench): Promise<readonly string[]> {
  let count = 0;
  const commands = await recordGit(bench, newRepository(bench), async (daemon) => {
    count += 1;
    await daemon.startRun(`run-recorded-${count}`);
    await runPlainStep(daemon, `run-recorded-${count}`, `recorded-${count}`);
    await untilCleanedUp(daemon);
  });
  const names = commands.map(([name = '']) => name);
  if (names.toSorted().join() === STEP_COMMAND_NAMES.toSorted().join()) return names;
  throw new Error(`a step runs other git commands than its floor: ${names.join(', ')}; see floors/step-commands.ts`);
}
