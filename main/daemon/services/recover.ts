import { FAILURE_CLASSES } from '../../../contract/failure-class.ts';
import type { AttemptRecord, StepRecord } from '../../../contract/records.ts';
import { isStepInFlight } from '../../../contract/step-state.ts';
import { finishAbort } from './abort-run.ts';
import { failed, placeOf } from './attempt-work.ts';
import { type Collection, collectAttempt, nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { finishOrphan } from './finish-orphan.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import type { WorkedAttempt } from './run-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

export interface Recovery {
  readonly attempts: readonly AttemptRecord['id'][];
  readonly worktreesRemoved: number;
  readonly stepsExplained: number;
}

/**
 * Explains and finishes what an earlier daemon left in flight. Called once, after the instance lock is held and before
 * anything new starts: whatever is live in the record belongs to nobody now.
 */
export async function recover(context: ServiceContext): Promise<Recovery> {
  const live = context.store.attempts.listLive();
  await Promise.all(live.map((attempt) => finishAttempt(context, attempt)));
  const strays = await context.processes.stopStrays();
  if (strays.ended > 0 || strays.left.length > 0) {
    context.log('warn', 'ended processes of attempts that the record cannot name', { ...strays });
  }
  const stepsExplained = explainStrandedSteps(context);
  const worktreesRemoved = await removeFinishedWorktrees(context);
  for (const run of context.store.runs.listOpen()) {
    if (run.abortRequest !== null) finishAbort(context, run.id);
    else context.store.transaction(() => recordRunFollows(context, run.id, 'daemon'));
  }
  const recovery = { attempts: live.map((attempt) => attempt.id), worktreesRemoved, stepsExplained };
  if (live.length > 0 || stepsExplained > 0) {
    context.store.transaction(() =>
      context.store.events.append({ type: 'instance.recovered', actor: 'daemon', payload: { ...recovery } }),
    );
  }
  return recovery;
}

/** Ends what is still running of an attempt, saves its work and settles it as interrupted, or as what was asked for. */
async function finishAttempt(context: ServiceContext, attempt: AttemptRecord): Promise<void> {
  const step = context.store.steps.get(attempt.stepId);
  const lease = context.store.leases.get(attempt.id);
  if (step === null) return finishOrphan(context, attempt);
  const { left } = await context.processes.stopMarked(attempt.mark);
  const evidence = await context.evidence.openAttempt(placeOf(attempt));
  const sealed = evidence.ok ? await context.evidence.sealLogs(placeOf(attempt)) : evidence;
  const collection = await collectLeftovers(context, { attempt, step });
  const fence = lease?.fence ?? regrantLease(context, attempt);
  const worked: WorkedAttempt = {
    end: endOf(context, attempt),
    facts: {},
    provisioning: attempt.provisioning,
    collection,
    validations: context.store.validations.listOfAttempt(attempt.id).map(closeValidation),
    evidenceProblems: [
      ...(collection?.evidenceProblems ?? []),
      ...(sealed.ok ? [] : [sealed.error.sentence]),
      ...survivors(left),
    ],
    notes: [],
    judge: null,
  };
  const settled = await settleAttempt(context, { step, attempt, fence }, worked);
  if (settled.keptWorktree === null) await context.workspaces.remove(placeOf(attempt), salvageOf(settled));
}

const salvageOf = ({ salvage }: AttemptRecord) => salvage ?? nothingSalvaged(null);

const survivors = (left: readonly number[]): readonly string[] =>
  left.length === 0 ? [] : [`still alive after the sweep: ${left.join(', ')}`];

/** A validation that was cut short has no verdict. */
const closeValidation = (row: WorkedAttempt['validations'][number]): WorkedAttempt['validations'][number] =>
  row.state === 'running' ? { ...row, state: 'errored', error: 'interrupted' } : row;

function endOf(context: ServiceContext, attempt: AttemptRecord): WorkedAttempt['end'] {
  const abort = context.store.runs.get(attempt.runId)?.abortRequest ?? null;
  const request = attempt.cancelRequest ?? abort;
  if (request !== null) return failed('cancelled', `Cancelled by ${request.actor}: ${request.reason}`);
  return failed('interrupted', `Interrupted in state ${attempt.state}: ${FAILURE_CLASSES.interrupted.meaning}`);
}

async function collectLeftovers(
  context: ServiceContext,
  { attempt, step }: { readonly attempt: AttemptRecord; readonly step: StepRecord },
): Promise<Collection | null> {
  const place = placeOf(attempt);
  const hasWorked = attempt.state !== 'dispatching' || (await context.workspaces.exists(place));
  if (attempt.baseCommit === null || !hasWorked) return null;
  return collectAttempt(context, {
    step,
    attemptId: attempt.id,
    fence: 0,
    place,
    base: attempt.baseCommit,
    mark: attempt.mark,
    worktreePath: attempt.worktreePath,
    evidencePath: '',
  });
}

/** A live attempt without a lease cannot be written by this daemon; the fence of an earlier one is dead. */
function regrantLease(context: ServiceContext, attempt: AttemptRecord): number {
  return context.store.transaction(() => {
    const fence = context.store.leases.nextFence();
    const atMs = context.clock();
    const { leaseTtlSeconds: ttlSeconds } = context.settings;
    const expiresAtMs = atMs + ttlSeconds * 1000;
    context.store.leases.insert({
      attemptId: attempt.id,
      owner: 'recovery',
      fence,
      ttlSeconds,
      heartbeatAtMs: atMs,
      expiresAtMs,
    });
    return fence;
  });
}

/** A step that says it is in flight and has no live attempt: conflicting facts, which a person has to look at. */
function explainStrandedSteps(context: ServiceContext): number {
  return context.store.transaction(() => {
    const stranded = context.store.steps.listInFlight().filter((step) => isStepInFlight(step.state));
    for (const step of stranded) {
      const reason = `the record says ${step.state}, yet no attempt of it is under way`;
      recordStepMove(context, step, { by: 'machine', to: 'needs_manual_attention', actor: 'daemon', reason });
    }
    return stranded.length;
  });
}

/** Worktrees of attempts that were settled but whose clean-up did not come to pass. */
async function removeFinishedWorktrees(context: ServiceContext): Promise<number> {
  let removed = 0;
  for (const { attemptId } of await context.workspaces.list()) {
    const attempt = context.store.attempts.get(attemptId);
    if (attempt === null || attempt.endedAtMs === null || attempt.salvage === null) continue;
    if (attempt.salvage.keptWorktree !== null) continue;
    const result = await context.workspaces.remove(placeOf(attempt), attempt.salvage);
    if (result.ok) removed += 1;
  }
  return removed;
}
