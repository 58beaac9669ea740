import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isAttemptLive } from '../../../contract/attempt-state.ts';
import { decodeArtifact } from '../../../contract/wire/artifact.ts';
import { type AttemptView, decodeAttempt } from '../../../contract/wire/attempt.ts';
import { decodeEvent } from '../../../contract/wire/event.ts';
import { contentOf, findMissing } from '../../support/missing-work.ts';
import { numberedLines } from '../../support/numbered-lines.ts';
import { successOf } from '../../support/success-of.ts';
import type { TemporaryRepository } from '../../support/temporary-repository.ts';
import { findBelongingProcesses, isStillThere } from './belonging-processes.ts';
import type { Seat } from './seat.ts';
import { type StepSurvey, surveyStep, unexplainedIn } from './survey.ts';
import type { Told, ToldStep } from './told.ts';

/** What was looked at so far. */
export interface Inspected {
  /** Attempts that had ended and whose work was looked for. */
  readonly attempts: Set<string>;
  /** Steps as they were, so that only what moved is looked at again. */
  readonly steps: Map<string, string>;
  /** Runs that are closed and were looked at since. */
  readonly closedRuns: Set<string>;
  refs: number;
  files: number;
  artifacts: number;
  audits: number;
  orphans: number;
}

export const nothingInspected = (): Inspected => ({
  attempts: new Set(),
  steps: new Map(),
  closedRuns: new Set(),
  refs: 0,
  files: 0,
  artifacts: 0,
  audits: 0,
  orphans: 0,
});

export interface Inspection {
  readonly seat: Seat;
  readonly told: Told;
  readonly repository: TemporaryRepository;
  readonly head: string;
  readonly instanceId: string;
  readonly inspected: Inspected;
  readonly scratch: string;
}

/** What does not hold now, each in one sentence. `isThorough` also has every artifact hashed by the daemon. */
export async function inspect(inspection: Inspection, { isThorough }: { readonly isThorough: boolean }) {
  const problems = [
    ...(await findOrphans(inspection)),
    ...(await findForgottenEvents(inspection)),
    ...(await inspectSteps(inspection)),
    ...(await findForgottenDecisions(inspection)),
    ...(await findUnexplainedWorktrees(inspection)),
    ...inspectRepository(inspection),
  ];
  return isThorough ? [...problems, ...(await audit(inspection))] : problems;
}

/** A process was there, then the record said that its attempt had ended, and the process was there still. */
async function findOrphans({ seat, instanceId, inspected }: Inspection): Promise<readonly string[]> {
  const found = findBelongingProcesses(instanceId, seat.stateDir);
  const problems: string[] = [];
  for (const suspect of found) {
    const attempt = await readAttempt(seat, suspect.attemptId);
    if (attempt !== null && isAttemptLive(attempt.state)) continue;
    if (!isStillThere(suspect)) continue;
    inspected.orphans += 1;
    const says = attempt === null ? 'is unknown' : `ended ${attempt.state}`;
    problems.push(`process ${suspect.pid} outlived attempt ${suspect.attemptId}, which ${says}`);
  }
  return problems;
}

async function readAttempt(seat: Seat, id: string): Promise<AttemptView | null> {
  const answer = await seat.read(`/api/v1/attempts/${id}`);
  return answer.status === 200 ? successOf(decodeAttempt(answer.json)) : null;
}

const PAGE = 1000;

/** Events that were told are there, unchanged, and those since follow from them. */
async function findForgottenEvents({ seat, told }: Inspection): Promise<readonly string[]> {
  const last = told.events.size;
  const problems: string[] = [];
  for (let after = Math.max(0, last - 20); ; after += PAGE) {
    const page = await seat.read(`/api/v1/events?format=json&limit=${PAGE}&after=${after}`);
    const events = z
      .array(z.unknown())
      .parse(page.json)
      .map((event) => successOf(decodeEvent(event)));
    for (const { seq, hash, previousHash } of events) {
      const known = told.events.get(seq);
      if (known !== undefined && known !== hash) problems.push(`event ${seq} is not the one that was told before`);
      const before = told.events.get(seq - 1);
      if (seq > 1 && before !== previousHash) problems.push(`event ${seq} does not follow from the one before it`);
      told.events.set(seq, hash);
    }
    if (after === Math.max(0, last - 20) && events.length < Math.min(20, last)) {
      problems.push(`events up to ${last} were told, and the record ends before`);
    }
    if (events.length < PAGE) return problems;
  }
}

const StepRows = z.array(z.looseObject({ id: z.string() })).nullable();

async function inspectSteps(inspection: Inspection): Promise<readonly string[]> {
  const { seat, told, inspected } = inspection;
  const problems: string[] = [];
  for (const runId of told.runs) {
    if (inspected.closedRuns.has(runId)) continue;
    const run = await seat.read(`/api/v1/runs/${runId}`);
    const { state } = z.looseObject({ state: z.string().optional() }).parse(run.json ?? {});
    if (state === undefined) problems.push(`run ${runId} was told and is not there`);
    const rows = StepRows.parse((await seat.read(`/api/v1/runs/${runId}/steps`)).json) ?? [];
    const present = new Set(rows.map(({ id }) => id));
    for (const [stepId, step] of told.steps) {
      if (step.runId === runId && !present.has(stepId)) problems.push(`step ${stepId} was taken and is not there`);
    }
    for (const row of rows) problems.push(...(await inspectStep(inspection, row.id, JSON.stringify(row))));
    if (state === 'completed') inspected.closedRuns.add(runId);
  }
  return problems;
}

async function inspectStep(inspection: Inspection, stepId: string, row: string): Promise<readonly string[]> {
  const { seat, told, inspected } = inspection;
  if (inspected.steps.get(stepId) === row) return [];
  const survey = await surveyStep(seat, stepId);
  if (survey === null) return [`step ${stepId} is in the list of its run and nowhere else`];
  inspected.steps.set(stepId, row);
  const ended = survey.attempts.filter(({ id, state }) => !isAttemptLive(state) && !inspected.attempts.has(id));
  const problems = [...unexplainedIn(survey)];
  for (const attempt of ended) {
    problems.push(...inspectWork(inspection, attempt, told.steps.get(stepId) ?? null));
    inspected.attempts.add(attempt.id);
  }
  return [...problems, ...(ended.length > 0 ? await inspectArtifacts(inspection, survey) : [])];
}

/** Whatever the programs of an attempt said that they had made is somewhere. */
function inspectWork(inspection: Inspection, attempt: AttemptView, step: ToldStep | null): readonly string[] {
  const { repository, inspected, scratch } = inspection;
  const { salvage } = attempt;
  if (salvage === null) return [];
  inspected.refs += salvage.refs.length;
  const lost = salvage.refs.filter(({ name, commit }) => !isRefAt(repository, name, commit));
  const problems = lost.map(({ name }) => `attempt ${attempt.id} names ${name}, which is not where the record says`);
  const work = step?.drawn.work;
  if (work === null || work === undefined || problems.length > 0) return problems;
  const made = work.made(attempt.id);
  inspected.files += made.files.size;
  const kept = { repositoryRoot: repository.root, baseCommit: attempt.baseCommit ?? 'HEAD', salvage, scratch };
  const own = [...salvage.refs.map(({ name }) => name), `--branches=${attempt.stepId}-*`, 'HEAD'];
  const missingFrom = (refs: readonly string[]) =>
    findMissing(made, { ...kept, content: contentOf(repository.root, refs) });
  // Two attempts that do the same thing in the same second make the same commit: any ref keeps it for both.
  const missing = missingFrom(own).length === 0 ? [] : missingFrom(['--single-worktree', '--all']);
  return [...problems, ...missing.map((what) => `of attempt ${attempt.id} (${attempt.state}), ${what} is nowhere`)];
}

function isRefAt(repository: TemporaryRepository, name: string, commit: string): boolean {
  try {
    return repository.git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).trim() === commit;
  } catch {
    return false; // no such ref, or its object is gone
  }
}

/** Files of evidence are as the record says; a log that was cut holds what was printed first. */
async function inspectArtifacts({ seat, inspected, told }: Inspection, { step, attempts }: StepSurvey) {
  const list =
    z
      .array(z.unknown())
      .nullable()
      .parse((await seat.read(`/api/v1/steps/${step.id}/artifacts`)).json) ?? [];
  const printed = told.steps.get(step.id)?.drawn.printedBytes ?? null;
  return list.flatMap((row) => {
    const { attemptId, name, path, sha256, sizeBytes } = successOf(decodeArtifact(row));
    inspected.artifacts += 1;
    const bytes = readOrNull(path);
    if (bytes === null) return [`artifact ${name} of ${attemptId} is gone`];
    const isAsRecorded = bytes.length === sizeBytes && createHash('sha256').update(bytes).digest('hex') === sha256;
    if (!isAsRecorded) return [`artifact ${name} of ${attemptId} is not what the record says`];
    if (name !== 'stdout.log' || printed === null) return [];
    const isWhole = attempts.find(({ id }) => id === attemptId)?.exitCode === 0;
    if (isWhole && bytes.length !== printed) return [`the log of ${attemptId} has ${bytes.length} bytes of ${printed}`];
    return bytes.equals(numberedLines(0, bytes.length)) ? [] : [`the log of ${attemptId} is not what was printed`];
  });
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // that is what is told
  }
}

/** A decision that was answered stands; who was told that a step is cancelled finds it so. */
async function findForgottenDecisions({ seat, told }: Inspection): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [gateId, decision] of told.gates) {
    const gate = z
      .looseObject({ state: z.string().optional() })
      .parse((await seat.read(`/api/v1/gates/${gateId}`)).json ?? {});
    if (gate.state !== decision) problems.push(`gate ${gateId} was ${decision} and is ${gate.state}`);
    else told.gates.delete(gateId);
  }
  for (const stepId of told.cancelled) {
    const { state } = z.looseObject({ state: z.string() }).parse((await seat.read(`/api/v1/steps/${stepId}`)).json);
    // A planner may ask for it again while we look.
    if (state !== 'cancelled' && told.cancelled.has(stepId))
      problems.push(`step ${stepId} was cancelled and is ${state}`);
    else told.cancelled.delete(stepId);
  }
  return problems;
}

const TIDY_WITHIN_MS = 10_000;

/** Every worktree belongs to a living attempt, or the record says that it is kept and why. */
async function findUnexplainedWorktrees({ seat }: Inspection): Promise<readonly string[]> {
  const workspace = join(seat.stateDir, 'workspace');
  const deadline = performance.now() + TIDY_WITHIN_MS;
  for (;;) {
    const problems: string[] = [];
    for (const name of existsSync(workspace) ? readdirSync(workspace) : []) {
      const sentence = await whyUnexplained(seat, join(workspace, name), name);
      if (sentence !== null) problems.push(sentence);
    }
    if (problems.length === 0 || performance.now() > deadline) return problems;
    await sleep(50);
  }
}

async function whyUnexplained(seat: Seat, path: string, name: string): Promise<string | null> {
  const attempt = await readAttempt(seat, name);
  if (attempt === null) return `the worktree ${name} belongs to no attempt`;
  if (isAttemptLive(attempt.state)) return null;
  if (attempt.salvage?.keptWorktree !== path) return `the worktree ${name} is there, and the record does not say so`;
  const isExplained = attempt.salvage.notSaved.length > 0 || attempt.summary !== '';
  return isExplained ? null : `the worktree ${name} is kept, and the record does not say why`;
}

function inspectRepository({ repository, head }: Inspection): readonly string[] {
  const status = repository.git('status', '--porcelain');
  const headNow = repository.git('rev-parse', 'HEAD').trim();
  return [
    ...(status === '' ? [] : [`the operator's own files were touched: ${status.trim()}`]),
    ...(headNow === head ? [] : [`the operator's HEAD was moved to ${headNow}`]),
  ];
}

async function audit({ seat, inspected }: Inspection): Promise<readonly string[]> {
  const answer = await seat.read('/api/v1/audit/verify');
  inspected.audits += 1;
  const { ok } = z.looseObject({ ok: z.boolean().optional() }).parse(answer.json ?? {});
  return ok === true ? [] : [`the audit says: ${answer.text.slice(0, 500)}`];
}
