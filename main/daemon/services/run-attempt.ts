import type { AttemptRecord, Provisioning, ValidationRecord } from '../../../contract/records.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptWork, advance, endOfStopped, failed, LeaseLost, placeOf } from './attempt-work.ts';
import { type Collection, collectAfterValidations, collectAttempt, nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { executeAttempt } from './execute-attempt.ts';
import { persist } from './persist.ts';
import type { Judge } from './ports.ts';
import { type Prepared, prepareAttempt, type Unprepared } from './prepare-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';
import type { StartedAttempt } from './start-attempt.ts';
import { plannedValidations, validateAttempt } from './validate-attempt.ts';

/** Everything that is known of an attempt when its work is over and before it is judged. */
export interface WorkedAttempt {
  readonly end: ExecutionEnd;
  readonly facts: Partial<AttemptRecord>;
  readonly provisioning: Provisioning | null;
  readonly collection: Collection | null;
  readonly validations: readonly ValidationRecord[];
  readonly evidenceProblems: readonly string[];
  readonly notes: readonly string[];
  /** Absent where there is nothing to judge: the attempt never got so far. */
  readonly judge: Judge | null;
}

/** The life of one attempt, from its lease to the removal of its worktree. */
export async function runAttempt(context: ServiceContext, started: StartedAttempt, signal: AbortSignal): Promise<void> {
  const worked = await workOn(context, started, signal).catch((error: unknown) => explainBug(context, started, error));
  const settled = await settleAttempt(context, started, worked);
  if (settled.keptWorktree === null) await cleanUp(context, settled);
}

async function workOn(context: ServiceContext, started: StartedAttempt, signal: AbortSignal): Promise<WorkedAttempt> {
  const prepared = await prepareAttempt(context, started, signal);
  return prepared.ok
    ? workThrough(context, prepared.value, signal)
    : giveUp(context, { started, unprepared: prepared.error });
}

async function workThrough(context: ServiceContext, prepared: Prepared, signal: AbortSignal): Promise<WorkedAttempt> {
  const { work, provisioning } = prepared;
  const execution = await executeAttempt(context, prepared, signal);
  if (execution.hasRun) await persist(context, () => advance(context, work, { to: 'collecting_artifacts' }));
  const collection = await collectAttempt(context, work);
  const worked = {
    ...execution,
    provisioning,
    collection,
    validations: plannedValidations(work, context.clock()),
    evidenceProblems: [...execution.evidenceProblems, ...collection.evidenceProblems],
    notes: [...prepared.notes, ...execution.notes],
    judge: prepared.judge,
  };
  const isWorthValidating = worked.end.end === 'completed' && worked.validations.length > 0 && !signal.aborted;
  return isWorthValidating ? validate(context, { work, worked }, signal) : stoppedBySignal(worked, signal);
}

async function validate(
  context: ServiceContext,
  {
    work,
    worked,
  }: { readonly work: AttemptWork; readonly worked: WorkedAttempt & { readonly collection: Collection } },
  signal: AbortSignal,
): Promise<WorkedAttempt> {
  await persist(context, () => recordValidating(context, { work, worked }));
  const validations = await validateAttempt(context, work, signal);
  const collection = await collectAfterValidations(context, { work, collection: worked.collection });
  const newProblems = collection.evidenceProblems.slice(worked.collection.evidenceProblems.length);
  const evidenceProblems = [...worked.evidenceProblems, ...newProblems];
  return stoppedBySignal({ ...worked, validations, collection, evidenceProblems }, signal);
}

function recordValidating(
  context: ServiceContext,
  { work, worked }: { readonly work: AttemptWork; readonly worked: WorkedAttempt },
): void {
  context.store.transaction(() => {
    for (const row of worked.validations) context.store.validations.insert(row);
    advance(context, work, { to: 'validating' });
  });
}

/** A completed executor does not make an attempt complete that was told to stop before it was validated. */
const stoppedBySignal = (worked: WorkedAttempt, signal: AbortSignal): WorkedAttempt =>
  signal.aborted && worked.end.end === 'completed' ? { ...worked, end: endOfStopped(signal) } : worked;

/** An attempt that could not be prepared: what its hook may have made is saved all the same. */
async function giveUp(
  context: ServiceContext,
  { started, unprepared }: { readonly started: StartedAttempt; readonly unprepared: Unprepared },
): Promise<WorkedAttempt> {
  const collection = unprepared.work === null ? null : await collectAttempt(context, unprepared.work);
  return {
    end: unprepared.end,
    facts: {},
    provisioning: unprepared.provisioning,
    collection,
    validations: plannedValidations({ step: started.step, attemptId: started.attempt.id }, context.clock()),
    evidenceProblems: collection?.evidenceProblems ?? [],
    notes: [],
    judge: null,
  };
}

/** A fault of our own must not leave a step that says `running` for ever, nor a process that nobody watches. */
async function explainBug(context: ServiceContext, started: StartedAttempt, error: unknown): Promise<WorkedAttempt> {
  if (error instanceof LeaseLost) throw error;
  context.log('error', 'an attempt broke', { attempt: started.attempt.id, error });
  await context.processes.stopMarked(started.attempt.mark);
  const sentence = `internal error: ${error instanceof Error ? error.message : String(error)}`;
  return {
    end: failed('evidence_failed', sentence),
    facts: {},
    provisioning: null,
    collection: null,
    validations: [],
    evidenceProblems: [],
    notes: [],
    judge: null,
  };
}

/** The worktree goes once its work is referenced. If it cannot, the record says that it is still there. */
async function cleanUp(context: ServiceContext, settled: AttemptRecord): Promise<void> {
  const removed = await context.workspaces.remove(placeOf(settled), settled.salvage ?? nothingSalvaged(null));
  if (removed.ok) return;
  context.store.transaction(() => {
    const attempt = context.store.attempts.get(settled.id);
    if (attempt === null || attempt.salvage === null) return;
    const salvage = { ...attempt.salvage, keptWorktree: attempt.worktreePath };
    context.store.attempts.save({ ...attempt, salvage });
    context.store.events.append({
      type: 'attempt.worktree_kept',
      actor: 'daemon',
      ...placeOf(attempt),
      payload: { path: attempt.worktreePath, reason: removed.error.sentence },
    });
  });
}
