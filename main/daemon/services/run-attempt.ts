import { type AttemptWork, advance, endOfStopped, failed, LeaseLost, recipeVariables } from './attempt-work.ts';
import { cleanUpAttempt } from './clean-up-attempt.ts';
import { type Collection, collectAfterValidations, collectAttempt } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { endBrokenAttempt } from './end-broken-attempt.ts';
import { executeAttempt } from './execute-attempt.ts';
import { persist } from './persist.ts';
import { type Prepared, prepareAttempt, type Unprepared } from './prepare-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';
import type { StartedAttempt } from './start-attempt.ts';
import { plannedValidations, validateAttempt } from './validate-attempt.ts';
import { workOfAbandoned } from './work-of-abandoned.ts';
import type { WorkedAttempt } from './worked-attempt.ts';

/** The life of one attempt, from its lease to the removal of its worktree. Rejects when the lease is lost. */
export async function runAttempt(context: ServiceContext, started: StartedAttempt, signal: AbortSignal): Promise<void> {
  const { attempt, fence } = started;
  try {
    const worked = await workOn(context, started, signal).catch((error: unknown) =>
      explainBug(context, started, error),
    );
    await cleanUpAttempt(context, await settleAttempt(context, started, worked));
  } catch (error) {
    if (isOutOfHand(error)) throw error;
    await endBrokenAttempt(context, { attemptId: attempt.id, fence }, error);
  }
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
  const collection = await collectWork(context, work);
  const { endIfUnchanged, ...executed } = execution;
  const isUnchanged = collection.work.filesChanged.length === 0;
  const worked = {
    ...executed,
    end: isUnchanged ? (endIfUnchanged ?? execution.end) : execution.end,
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

const collectWork = (context: ServiceContext, { place, worktreePath, step }: AttemptWork): Promise<Collection> =>
  collectAttempt(context, { place, worktreePath, secretsIn: recipeVariables(step) });

async function validate(
  context: ServiceContext,
  {
    work,
    worked,
  }: { readonly work: AttemptWork; readonly worked: WorkedAttempt & { readonly collection: Collection } },
  signal: AbortSignal,
): Promise<WorkedAttempt> {
  const validations = await validateAttempt(context, work, signal);
  const collection = await collectAfterValidations(context, { work, collection: worked.collection });
  const newProblems = collection.evidenceProblems.slice(worked.collection.evidenceProblems.length);
  const evidenceProblems = [...worked.evidenceProblems, ...newProblems];
  return stoppedBySignal({ ...worked, validations, collection, evidenceProblems }, signal);
}

/** A completed executor does not make an attempt complete that was told to stop before it was validated. */
const stoppedBySignal = (worked: WorkedAttempt, signal: AbortSignal): WorkedAttempt =>
  signal.aborted && worked.end.end === 'completed' ? { ...worked, end: endOfStopped(signal) } : worked;

/** An attempt that could not be prepared: what its hook may have made is saved all the same. */
async function giveUp(
  context: ServiceContext,
  { started, unprepared }: { readonly started: StartedAttempt; readonly unprepared: Unprepared },
): Promise<WorkedAttempt> {
  const collection = unprepared.work === null ? null : await collectWork(context, unprepared.work);
  return {
    end: unprepared.end,
    facts: {},
    provisioning: unprepared.provisioning,
    collection,
    validations: plannedValidations({ step: started.step, attemptId: started.attempt.id }, context.clock()),
    evidenceProblems: collection?.evidenceProblems ?? [],
    doubts: [],
    notes: [],
    judge: null,
  };
}

/** After a fault of our own: what runs is ended and what was made is saved, as if the daemon had been killed. */
async function explainBug(
  context: ServiceContext,
  { step, attempt }: StartedAttempt,
  error: unknown,
): Promise<WorkedAttempt> {
  if (isOutOfHand(error)) throw error;
  context.log('error', 'an attempt broke', { attempt: attempt.id, error });
  const sentence = `internal error: ${error instanceof Error ? error.message : String(error)}`;
  const present = context.store.attempts.get(attempt.id) ?? attempt;
  return workOfAbandoned(context, { step, attempt: present, end: failed('evidence_failed', sentence) });
}

/** Nothing more may be done about the attempt here: somebody else has it, or the record itself is no longer there. */
const isOutOfHand = (error: unknown): boolean =>
  error instanceof LeaseLost || (error instanceof Error && 'code' in error && error.code === 'RECORD_GONE');
