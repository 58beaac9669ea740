import type { Refusal } from '../../../contract/errors.ts';
import { attemptIdOf } from '../../../contract/ids.ts';
import type { AttemptRecord, CommitHash, StepRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { isSimulatedTask } from '../domain/choose-executor.ts';
import { agentOf } from '../domain/executor-shelf.ts';
import { newAttempt } from '../domain/new-attempt.ts';
import { shortenCommand } from '../domain/shorten-command.ts';
import { recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { recordStepMove } from './ledger.ts';
import { type ResumedWork, readResume } from './resume.ts';

/** One attempt that is under way: what was true when it started, and the fence of its lease. */
export interface StartedAttempt {
  readonly step: StepRecord;
  readonly attempt: AttemptRecord;
  readonly fence: number;
  /** What the task's `base_ref` names, or why it names nothing; who goes on with a session begins where that began. */
  readonly base: Result<CommitHash, Refusal>;
  /** The conversation that it goes on with; null: a new one. */
  readonly resume: ResumedWork | null;
}

/**
 * Starts an attempt of the step that was `seen` at the head of the queue: step, attempt, lease and event in one
 * transaction. Null when the head is another by now: cancelled, submitted anew, or overtaken.
 */
export function startAttempt(
  context: ServiceContext,
  { seen, base, owner }: Pick<StartedAttempt, 'base'> & { readonly seen: StepRecord; readonly owner: string },
): StartedAttempt | null {
  const { store } = context;
  return store.transaction(() => {
    const [step] = store.steps.listEligible({ nowMs: context.clock(), limit: 1 });
    if (step?.id !== seen.id || step.submission !== seen.submission) return null;
    const number = store.attempts.nextNumber(step.id);
    const resume = number === 1 ? null : readResume(context, step.id);
    const start = resume?.base == null ? base : ok(resume.base);
    const attempt = attemptOf(context, { step, number, baseCommit: start.ok ? start.value : null, resume });
    store.attempts.insert(attempt);
    const fence = grantLease(context, { attempt, owner });
    const moved = recordStepMove(context, step, {
      by: 'machine',
      to: 'dispatching',
      actor: 'daemon',
      reason: '',
      change: { attemptsUsed: step.attemptsUsed + 1, notBeforeMs: null },
    });
    appendStarted(context, { attempt, step, resume });
    return { step: moved, attempt, fence, base: start, resume };
  });
}

function attemptOf(
  context: ServiceContext,
  {
    step,
    number,
    baseCommit,
    resume,
  }: Pick<StartedAttempt, 'step' | 'resume'> & { readonly number: number; readonly baseCommit: CommitHash | null },
): AttemptRecord {
  const attemptId = attemptIdOf(step.id, number);
  const place = { runId: step.runId, stepId: step.id };
  const agent = agentOf(context.executors.shelf(), step.executor);
  return newAttempt(step, number, {
    isSimulation: isSimulatedTask(step.spec, agent, context.settings.isSimulated),
    traceId: context.ids.trace(),
    mark: context.ids.mark(attemptId),
    worktreePath: resume?.folder.ok ? resume.folder.value : context.workspaces.pathOf({ ...place, attemptId }),
    baseCommit,
    createdAtMs: context.clock(),
  });
}

/** Gives the right to move an attempt to somebody, with a new fence. Inside a transaction. */
export function grantLease(
  context: ServiceContext,
  { attempt, owner }: { readonly attempt: Pick<AttemptRecord, 'id'>; readonly owner: string },
): number {
  const fence = context.store.leases.nextFence();
  const ttlSeconds = context.settings.leaseTtlSeconds;
  const heartbeatAtMs = context.clock();
  const expiresAtMs = heartbeatAtMs + ttlSeconds * 1000;
  context.store.leases.insert({ attemptId: attempt.id, owner, fence, ttlSeconds, heartbeatAtMs, expiresAtMs });
  return fence;
}

function appendStarted(
  context: ServiceContext,
  { attempt, step, resume }: Pick<StartedAttempt, 'attempt' | 'step' | 'resume'>,
): void {
  const command = attempt.executor === 'command' ? step.spec.recipe?.steps[0]?.run : undefined;
  context.store.events.append({
    type: 'attempt.started',
    actor: 'daemon',
    runId: attempt.runId,
    stepId: attempt.stepId,
    attemptId: attempt.id,
    payload: {
      number: attempt.number,
      executor: attempt.executor,
      is_simulation: attempt.isSimulation,
      trace_id: attempt.traceId,
      base_commit: attempt.baseCommit,
      ...(resume === null ? {} : { resumed_from: resume.attemptId, resumed_session: resume.session }),
      ...(command === undefined ? {} : { command: firstCommand(context, step, command) }),
    },
  });
}

/** What is seen of it while it runs, without its secrets. */
const firstCommand = ({ evidence }: ServiceContext, step: StepRecord, command: string): string =>
  shortenCommand(evidence.redact(command, recipeVariables(step)));
