import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createPlainRepository, plainGit } from '../../support/git-sandbox.ts';
import { PLANNED_FILES } from '../../support/planned-work.ts';
import { createRandom, type Random } from '../../support/random.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { findBelongingProcesses } from './belonging-processes.ts';
import { BLOW_RUN, BLOWS, strike } from './blows.ts';
import { drain } from './drain.ts';
import { type Inspected, inspect, nothingInspected } from './inspect.ts';
import { type PlannerParts, plan } from './planner.ts';
import { createSeat } from './seat.ts';
import { hitStarts, startReady } from './starts.ts';
import { count, inspectionOf, killCount, type Storm, type StormOptions } from './storm-state.ts';
import { POLICY_FILES } from './tasks.ts';
import { createTold } from './told.ts';

export interface StormFigures {
  readonly kills: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly events: number;
  readonly inspected: Omit<Inspected, 'attempts' | 'steps' | 'closedRuns'> & { readonly attempts: number };
  readonly readyMs: readonly number[];
}

export interface StormReport {
  /** What did not hold, each in one sentence; none when everything did. */
  readonly problems: readonly string[];
  readonly figures: StormFigures;
  readonly folder: string;
  /** Takes the folder away. */
  remove(): void;
}

/** Every how many restarts the daemon is asked to hash every artifact, too. */
const AUDIT_EVERY = 10;

/** Kills daemons of one repository over a mixed load and looks at what the next one finds; ends when the queue is empty. */
export async function raiseStorm(options: StormOptions): Promise<StormReport> {
  const storm = openStorm(options);
  const problems = await weather(storm).catch((error: unknown) => [
    `the storm itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  ]);
  await endEverything(storm);
  const folder = join(storm.repository.root, '..');
  writeOutputs(storm, folder);
  return { problems, figures: figuresOf(storm), folder, remove: () => storm.repository.remove() };
}

function openStorm(options: StormOptions): Storm {
  const repository = createRepository({ ...PLANNED_FILES, ...POLICY_FILES });
  const source = createPlainRepository(join(repository.root, '../source'), { 'theirs.txt': 'theirs\n' });
  plainGit(repository.root, ['submodule', '--quiet', 'add', source, 'sub']);
  plainGit(repository.root, ['commit', '--quiet', '--all', '-m', 'with a submodule']);
  return {
    options,
    random: createRandom(options.seed),
    repository,
    head: repository.git('rev-parse', 'HEAD').trim(),
    seat: createSeat(repository.root),
    told: createTold(),
    inspected: nothingInspected(),
    kills: new Map(),
    readyMs: [],
    starts: [],
    instanceId: '',
  };
}

async function weather(storm: Storm): Promise<readonly string[]> {
  const { options, random, seat } = storm;
  const refused = await startReady(storm);
  if (refused !== null) return [refused];
  storm.instanceId = z.looseObject({ id: z.string() }).parse((await seat.read('/api/v1/instance')).json).id;
  await seat.ask({ method: 'POST', path: '/api/v1/runs', body: { id: BLOW_RUN } });
  const stop = new AbortController();
  const planners = Array.from({ length: options.planners }, (_, index) =>
    plannerOf(storm, `p${index + 1}`, random.fork()),
  );
  const broken: string[] = [];
  const plans = planners.map((planner) =>
    plan(planner, stop.signal).catch((error: unknown) => broken.push(`a planner was refused: ${String(error)}`)),
  );
  try {
    const problems = await killAgainAndAgain(storm, broken);
    stop.abort();
    await Promise.all(plans);
    return problems.length > 0 ? problems : [...broken, ...(await drain(storm, planners))];
  } finally {
    stop.abort();
  }
}

const plannerOf = ({ seat, told, repository, options }: Storm, name: string, random: Random): PlannerParts => ({
  name,
  seat,
  random,
  told,
  openSteps: options.openSteps,
  folder: join(repository.root, '..'),
});

async function killAgainAndAgain(storm: Storm, broken: readonly string[]): Promise<readonly string[]> {
  const { options, random, seat, told } = storm;
  for (let restarts = 1; killCount(storm) < options.kills; restarts += 1) {
    const daemon = storm.starts.at(-1);
    if (daemon === undefined) throw new Error('there is no daemon');
    const blow = random.weighted(BLOWS);
    await strike(blow, { daemon, seat, random, told, number: restarts });
    count(storm, blow);
    const problem = (await hitStarts(storm)) ?? (await startReady(storm));
    if (problem !== null) return [problem];
    const problems = await inspect(inspectionOf(storm), { isThorough: restarts % AUDIT_EVERY === 0 });
    if (problems.length + broken.length > 0) return [...problems, ...broken];
    options.onProgress?.(`${killCount(storm)} kills, ${storm.inspected.attempts.size} attempts (last: ${blow})`);
  }
  return [];
}

/** By pid, and only what this storm started. */
async function endEverything({ starts, seat, instanceId }: Storm): Promise<void> {
  seat.leave();
  await Promise.all(starts.filter((daemon) => !daemon.isOver()).map((daemon) => daemon.end('SIGTERM')));
  if (instanceId === '') return;
  for (const { pid } of findBelongingProcesses(instanceId, seat.stateDir)) process.kill(pid, 'SIGKILL');
}

function writeOutputs({ starts }: Storm, folder: string): void {
  for (const [index, daemon] of starts.entries())
    writeFileSync(join(folder, `daemon-${index + 1}.log`), daemon.output());
}

const figuresOf = ({ kills, told, inspected, readyMs }: Storm): StormFigures => ({
  kills: Object.fromEntries(kills),
  steps: told.steps.size,
  events: told.events.size,
  inspected: { ...inspected, attempts: inspected.attempts.size },
  readyMs,
});
