import { FAILURE_CLASSES } from '../../../contract/failure-class.ts';
import type { AttemptRecord, RunRecord, StepRecord } from '../../../contract/records.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { finishAbort } from './abort-run.ts';
import { cancelledBy, failed } from './attempt-work.ts';
import { cleanUpAttempt } from './clean-up-attempt.ts';
import type { ServiceContext } from './context.ts';
import { endBrokenAttempt } from './end-broken-attempt.ts';
import { finishOrphan } from './finish-orphan.ts';
import { recordGatesWithdrawn, recordRunFollows, recordStepMove } from './ledger.ts';
import type { StopEnd } from './ports/processes.ts';
import { settleAttempt } from './settle-attempt.ts';
import { grantLease } from './start-attempt.ts';
import { workOfAbandoned } from './work-of-abandoned.ts';

export interface Recovery {
  /** The attempts that an earlier daemon left alive. */
  readonly attempts: readonly AttemptRecord['id'][];
  readonly worktreesRemoved: number;
  readonly stepsExplained: number;
}

/**
 * Explains and finishes what an earlier daemon left in flight. Called once, after the instance lock is held and before
 * anything new starts: whatever is live in the record belongs to nobody now. A fault about one attempt keeps no other
 * from being finished, nor the daemon from starting.
 */
export async function recover(context: ServiceContext): Promise<Recovery> {
  const git = await context.processes.stopLeftGit();
  tellOfEnded(context, git, 'ended git commands that an earlier daemon left');
  const live = context.store.attempts.listLive();
  await Promise.all(live.map((attempt) => finishAttempt(context, attempt)));
  const strays = await context.processes.stopStrays();
  tellOfEnded(context, strays, 'ended processes of attempts that the record cannot name');
  for (const { sentence } of await context.processes.removeStrayTemporaries()) context.log('warn', sentence);
  const stepsExplained = explainStrandedSteps(context);
  const worktreesRemoved = await removeFinishedWorktrees(context);
  for (const run of context.store.runs.listOpen()) catchUp(context, run);
  const recovery = { attempts: live.map((attempt) => attempt.id), worktreesRemoved, stepsExplained };
  if (live.length > 0 || stepsExplained > 0) {
    context.store.transaction(() =>
      context.store.events.append({ type: 'instance.recovered', actor: 'daemon', payload: { ...recovery } }),
    );
  }
  return recovery;
}

function tellOfEnded(context: ServiceContext, end: StopEnd, sentence: string): void {
  if (end.ended > 0 || end.problems.length > 0) context.log('warn', sentence, { ...end });
}

async function finishAttempt(context: ServiceContext, attempt: AttemptRecord): Promise<void> {
  try {
    const step = context.store.steps.get(attempt.stepId);
    await (step === null ? finishOrphan(context, attempt) : settleAbandoned(context, attempt, step));
  } catch (error) {
    context.log('error', 'an attempt could not be finished', { attempt: attempt.id, error });
  }
}

/** Ends what is still running of an attempt, saves its work and settles it as interrupted, or as what was asked for. */
async function settleAbandoned(context: ServiceContext, attempt: AttemptRecord, step: StepRecord): Promise<void> {
  const fence = context.store.leases.get(attempt.id)?.fence ?? regrantLease(context, attempt);
  try {
    const worked = await workOfAbandoned(context, { attempt, step, end: endOf(context, attempt) });
    await cleanUpAttempt(context, await settleAttempt(context, { step, attempt, fence }, worked));
  } catch (error) {
    await endBrokenAttempt(context, { attemptId: attempt.id, fence }, error);
  }
}

function endOf(context: ServiceContext, attempt: AttemptRecord): ExecutionEnd {
  const abort = context.store.runs.get(attempt.runId)?.abortRequest ?? null;
  const request = attempt.cancelRequest ?? abort;
  if (request !== null) return failed('cancelled', cancelledBy(request));
  return failed('interrupted', `Interrupted in state ${attempt.state}: ${FAILURE_CLASSES.interrupted.meaning}`);
}

/** A live attempt that lost its lease: the fence of an earlier one is dead, so it takes another to write about it. */
const regrantLease = (context: ServiceContext, attempt: AttemptRecord): number =>
  context.store.transaction(() => grantLease(context, { attempt, owner: 'recovery' }));

/** Steps whose state does not fit what else is in the record: nobody works on them, or nothing can be decided. */
function explainStrandedSteps(context: ServiceContext): number {
  return context.store.transaction(() => {
    const abandoned = context.store.steps.listInFlight();
    const ungated = context.store.runs.listOpen().flatMap((run) => listUngated(context, run));
    for (const step of abandoned) {
      recordGatesWithdrawn(context, step.id, { actor: 'daemon', reason: 'nobody works on it any more' });
      setAside(context, step, `the record says ${step.state}, yet no attempt of it is under way`);
    }
    for (const step of ungated) setAside(context, step, 'it waits for an approval, yet no gate of it is open');
    return abandoned.length + ungated.length;
  });
}

function listUngated({ store }: ServiceContext, { id }: RunRecord): readonly StepRecord[] {
  if (store.steps.tallyOfRun(id).counts.needs_approval === 0) return [];
  const gated = new Set(store.gates.pendingOfRun(id).map(({ stepId }) => stepId));
  return store.steps.listOfRun(id).filter((step) => step.state === 'needs_approval' && !gated.has(step.id));
}

function setAside(context: ServiceContext, step: StepRecord, reason: string): void {
  recordStepMove(context, step, { by: 'machine', to: 'needs_manual_attention', actor: 'daemon', reason });
}

/** Worktrees of attempts that were settled but whose clean-up did not come to pass. */
async function removeFinishedWorktrees(context: ServiceContext): Promise<number> {
  let removed = 0;
  for (const { attemptId } of await context.workspaces.list()) {
    const attempt = context.store.attempts.get(attemptId);
    if (attempt === null || attempt.endedAtMs === null) continue;
    if (await cleanUpAttempt(context, attempt)) removed += 1;
  }
  return removed;
}

/** An abort that was cut in two is finished; any other run follows its steps, which may have moved. */
function catchUp(context: ServiceContext, run: RunRecord): void {
  if (run.abortRequest !== null) finishAbort(context, run.id);
  else context.store.transaction(() => recordRunFollows(context, run.id, 'daemon'));
}
