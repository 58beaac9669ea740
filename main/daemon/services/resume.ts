import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { CommitHash, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { decodeResume, type Resume } from '../../../contract/wire/resume.ts';
import { isSimulatedTask } from '../domain/choose-executor.ts';
import { agentOf } from '../domain/executor-shelf.ts';
import type { ServiceContext } from './context.ts';

/** With where that attempt stood: its agent believes to be there still. */
export interface ResumedWork extends Resume {
  readonly base: CommitHash | null;
  /** What it had made by then, as it was saved; null: nothing. */
  readonly work: CommitHash | null;
  /** Where it worked; null: that attempt is in the record no more. */
  readonly worktreePath: string | null;
}

/** The newest session that the step's executor can go on with, or why there is none. */
export function findResume(context: ServiceContext, step: StepRecord, answer: string | null): Result<Resume, Refusal> {
  const agent = agentOf(context.executors.shelf(), step.executor);
  const isSimulation = isSimulatedTask(step.spec, agent, context.settings.isSimulated);
  const executor = context.executors.find(step.executor, isSimulation ? 'simulation' : 'real');
  if (executor?.agent?.canResume !== true) {
    const name = isSimulation ? `the simulation of ${step.executor}` : `executor "${step.executor}"`;
    return err(refusal('state_conflict', `${name} cannot go on with a session: retry without it`));
  }
  const attempts = context.store.attempts.listOfStep(step.id).filter((one) => one.executor === step.executor);
  const attempt = attempts.findLast(({ executorSession }) => executorSession !== null);
  if (attempt === undefined || attempt.executorSession === null) {
    const sentence = `no attempt of step ${step.id} on "${step.executor}" has left a session to go on with: retry without it`;
    return err(refusal('state_conflict', sentence));
  }
  return ok({ session: attempt.executorSession, attemptId: attempt.id, answer });
}

const PAGE = 500;

/** What the retry asked for that a step waits for; null: a new session, or it waits for no retry. */
export function readResume({ store }: Pick<ServiceContext, 'store'>, stepId: StepId): ResumedWork | null {
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
    worktreePath: attempt?.worktreePath ?? null,
  };
}
