import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isTerminalStep } from '../../../contract/step-state.ts';
import { createPlainRepository, plainGit } from '../../support/git-sandbox.ts';
import { PLANNED_FILES } from '../../support/planned-work.ts';
import { createRandom, type Random } from '../../support/random.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { findBelongingProcesses } from './belonging-processes.ts';
import { BLOW_RUN, BLOWS, strike } from './blows.ts';
import { beginDaemon, type DaemonStart } from './daemon-start.ts';
import { type Inspected, type Inspection, inspect, nothingInspected } from './inspect.ts';
import { decideGates, type PlannerParts, plan, resolve } from './planner.ts';
import { createSeat, type Seat } from './seat.ts';
import { surveyStep } from './survey.ts';
import { POLICY_FILES } from './tasks.ts';
import { createTold, type Told } from './told.ts';

export interface StormOptions {
  readonly seed: number;
  readonly kills: number;
  readonly planners: number;
  /** Of each planner, at the same time. */
  readonly openSteps: number;
  readonly onProgress?: (sentence: string) => void;
}

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

interface Storm {
  readonly options: StormOptions;
  readonly random: Random;
  readonly repository: TemporaryRepository;
  readonly head: string;
  readonly seat: Seat;
  readonly told: Told;
  readonly inspected: Inspected;
  readonly kills: Map<string, number>;
  readonly readyMs: number[];
  readonly starts: DaemonStart[];
  instanceId: string;
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

const killCount = ({ kills }: Storm): number => [...kills.values()].reduce((sum, one) => sum + one, 0);
const count = ({ kills }: Storm, what: string): void => void kills.set(what, (kills.get(what) ?? 0) + 1);

const inspectionOf = (storm: Storm): Inspection => ({ ...storm, scratch: join(storm.repository.root, '../bundles') });

/** Sometimes the next daemons do not get far either: they are killed while they start, or two start at once. */
async function hitStarts(storm: Storm): Promise<string | null> {
  const { random } = storm;
  while (random.isChance(0.3)) {
    const daemon = begin(storm);
    await Promise.race([daemon.outcome, sleep(random.below(usualStartMs(storm)))]);
    await daemon.end('SIGKILL');
    count(storm, 'while starting or recovering');
  }
  return random.isChance(0.15) ? hitTwo(storm) : null;
}

/** A bit longer than they usually take: most are hit before they are ready. */
const usualStartMs = ({ readyMs }: Storm): number => 50 + (readyMs.at(-1) ?? 500);

/** Of two daemons that start at once one has the repository and the other one says so; then the first one is killed. */
async function hitTwo(storm: Storm): Promise<string | null> {
  const { random } = storm;
  const pair = [begin(storm), begin(storm)];
  if (random.isChance(0.5)) {
    await sleep(random.below(usualStartMs(storm)));
    await Promise.all(pair.map((daemon) => daemon.end('SIGKILL')));
    count(storm, 'two starting at once');
    count(storm, 'two starting at once');
    return null;
  }
  const outcomes = await Promise.all(pair.map(({ outcome }) => outcome));
  const ready = outcomes.filter(({ kind }) => kind === 'ready');
  const refused = outcomes.filter((outcome) => outcome.kind === 'refused');
  await sleep(random.below(200));
  await Promise.all(pair.map((daemon) => daemon.end('SIGKILL')));
  count(storm, 'one of two');
  if (ready.length !== 1) return `of two daemons that started at once, ${ready.length} were ready`;
  const isSaid = refused.every(
    ({ exitCode, sentence }) => exitCode === 1 && /^codencer: [^\n]*daemon[^\n]*$/.test(sentence),
  );
  return refused.length === 1 && isSaid ? null : `the second of two daemons said ${JSON.stringify(outcomes)}`;
}

function begin(storm: Storm): DaemonStart {
  const daemon = beginDaemon(storm.repository.root);
  storm.starts.push(daemon);
  return daemon;
}

/** A daemon that serves. The value is what went wrong instead. */
async function startReady(storm: Storm): Promise<string | null> {
  const daemon = begin(storm);
  const outcome = await daemon.outcome;
  if (outcome.kind !== 'ready') return `a daemon did not get ready after a kill: ${JSON.stringify(outcome)}`;
  storm.readyMs.push(outcome.afterMs);
  storm.seat.take(outcome.baseUrl);
  return null;
}

const DRAIN_WITHIN_MS = 180_000;

/** Nobody is killed any more: everything comes to an end, and what is new is done as ever. */
async function drain(storm: Storm, planners: readonly PlannerParts[]): Promise<readonly string[]> {
  const { seat, told, repository } = storm;
  const [planner] = planners;
  if (planner === undefined) return [];
  const deadline = performance.now() + DRAIN_WITHIN_MS;
  for (let open: readonly string[] = [...told.steps.keys()]; ; ) {
    const still = await endSteps(storm, planner, open);
    if (still.length === 0) break;
    if (performance.now() > deadline) return [`the queue does not drain: ${still.slice(0, 10).join(', ')}`];
    storm.options.onProgress?.(`${still.length} steps have not ended yet`);
    open = still;
    await sleep(50);
  }
  const fresh = { run: 'after', step: 'after-the-storm' };
  await seat.ask({ method: 'POST', path: '/api/v1/runs', body: { id: fresh.run } });
  await seat.ask({
    method: 'POST',
    path: `/api/v1/runs/${fresh.run}/steps`,
    body: {
      version: 'v1',
      goal: 'calm',
      step_id: fresh.step,
      adapter_profile: 'command',
      recipe: { steps: [{ run: 'echo calm > calm.txt' }] },
    },
  });
  await seat.ask({ method: 'POST', path: `/api/v1/steps/${fresh.step}/wait`, body: { timeout_ms: 60_000 } });
  const calm = await surveyStep(seat, fresh.step);
  storm.inspected.steps.clear();
  const problems = await inspect(inspectionOf(storm), { isThorough: true });
  plainGit(repository.root, ['fsck', '--connectivity-only', '--no-dangling']);
  return [
    ...(calm?.step.state === 'completed' ? [] : [`a step after the storm is ${calm?.step.state}`]),
    ...problems,
    ...(await findForgottenHistory(storm)),
  ];
}

async function endSteps({ seat }: Storm, planner: PlannerParts, open: readonly string[]): Promise<readonly string[]> {
  const still: string[] = [];
  for (const id of open) {
    const survey = await surveyStep(seat, id);
    if (survey === null || isTerminalStep(survey.step.state)) continue;
    still.push(id);
    if (survey.step.state === 'needs_approval') await decideGates(planner, survey.step.runId);
    else if (survey.step.state === 'needs_manual_attention') await resolve(seat, id);
    else if (planner.told.steps.get(id)?.drawn.isEndless === true) {
      await seat.ask({ method: 'POST', path: `/api/v1/steps/${id}/cancel`, body: { reason: 'the storm is over' } });
    }
  }
  return still;
}

/** The whole log once more, from its beginning. */
async function findForgottenHistory({ seat, told }: Storm): Promise<readonly string[]> {
  const seen = new Map<number, string>();
  for (let after = 0; ; ) {
    const page = await seat.read(`/api/v1/events?format=json&limit=1000&after=${after}`);
    const events = z.array(z.looseObject({ seq: z.number(), hash: z.string() })).parse(page.json);
    for (const { seq, hash } of events) seen.set(seq, hash);
    after = events.at(-1)?.seq ?? after;
    if (events.length < 1000) break;
  }
  const changed = [...told.events].filter(([seq, hash]) => seen.get(seq) !== hash);
  return changed.map(([seq]) => `event ${seq} is not the one that was told`);
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
