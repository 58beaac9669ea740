import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { AttemptRecord, CommitHash, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { decodeResume, type Resume } from '../../../contract/wire/resume.ts';
import type { CanResume } from '../adapters/executors/executor.ts';
import { isSimulatedTask } from '../domain/choose-executor.ts';
import { agentOf } from '../domain/executor-shelf.ts';
import type { ServiceContext } from './context.ts';

/** With where that attempt stood: its agent believes to be there still. */
export interface ResumedWork extends Resume {
  readonly base: CommitHash | null;
  /** What it had made by then, as it was saved; null: nothing. */
  readonly work: CommitHash | null;
  /** Where it worked; null: that attempt is in the record no more. */
  readonly formerPath: string | null;
  /** The same folder again, or why it cannot be had. */
  readonly folder: Result<string, string>;
}

/** The newest session that the step's executor can go on with, or why there is none. */
export function findResume(context: ServiceContext, step: StepRecord, answer: string | null): Result<Resume, Refusal> {
  const isSimulation = isSimulated(context, step);
  const canResume = canResumeOf(context, step);
  if (canResume === false) {
    const name = isSimulation ? `the simulation of ${step.executor}` : `executor "${step.executor}"`;
    return err(refusal('state_conflict', `${name} cannot go on with a session: retry without it`));
  }
  const attempts = context.store.attempts.listOfStep(step.id).filter((one) => one.executor === step.executor);
  const attempt = attempts.findLast(({ executorSession }) => executorSession !== null);
  if (attempt === undefined || attempt.executorSession === null) {
    const sentence = `no attempt of step ${step.id} on "${step.executor}" has left a session to go on with: retry without it`;
    return err(refusal('state_conflict', sentence));
  }
  const folder = folderAgain(context, attempt);
  if (canResume === 'in_its_folder' && !folder.ok) return err(refusal('state_conflict', folder.error));
  return ok({ session: attempt.executorSession, attemptId: attempt.id, answer });
}

const isSimulated = ({ executors, settings }: ServiceContext, step: StepRecord): boolean =>
  isSimulatedTask(step.spec, agentOf(executors.shelf(), step.executor), settings.isSimulated);

export function canResumeOf(context: ServiceContext, step: StepRecord): CanResume {
  const executor = context.executors.find(step.executor, isSimulated(context, step) ? 'simulation' : 'real');
  return executor?.agent?.canResume ?? false;
}

/**
 * Where an attempt worked, to be worked in again: vendors find their sessions by the folder. Not while something of any
 * attempt lies there still.
 */
function folderAgain(
  { store, workspaces }: Pick<ServiceContext, 'store' | 'workspaces'>,
  { stepId, worktreePath }: Pick<AttemptRecord, 'stepId' | 'worktreePath'>,
): Result<string, string> {
  const now = workspaces.pathAgain(worktreePath);
  if (now !== worktreePath) {
    return err(`the session belongs to ${worktreePath}, which would be ${now} today: retry without it`);
  }
  const keeper = store.attempts.listOfStep(stepId).find(({ salvage }) => salvage?.keptWorktree === worktreePath);
  if (keeper === undefined) return ok(worktreePath);
  const cure = `retry without the session, or let go of it: codencer salvage release ${keeper.id}`;
  return err(`the session belongs to ${worktreePath}, which is kept for attempt ${keeper.id}: ${cure}`);
}

const PAGE = 500;

/** What the retry asked for that a step waits for; null: a new session, or it waits for no retry. */
export function readResume(context: Pick<ServiceContext, 'store' | 'workspaces'>, stepId: StepId): ResumedWork | null {
  const { store } = context;
  let wanted: unknown;
  for (let after = 0; ; ) {
    const page = store.events.read({ after, stepId, limit: PAGE });
    for (const { type, payload } of page) {
      if (type === 'step.state_changed' && payload['to'] === 'pending') wanted = payload['resume'];
      if (type === 'attempt.started') wanted = undefined;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.seq;
  }
  const resume = decodeResume(wanted);
  if (resume === null) return null;
  const attempt = store.attempts.get(resume.attemptId);
  return {
    ...resume,
    base: attempt?.baseCommit ?? null,
    work: attempt?.salvage?.treeCommit ?? null,
    formerPath: attempt?.worktreePath ?? null,
    folder:
      attempt === null ? err(`attempt ${resume.attemptId} is in the record no more`) : folderAgain(context, attempt),
  };
}
