import type { Refusal } from '../../../contract/errors.ts';
import type { Provisioning, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptWork, endOfStopped, failed, placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { Judge } from './ports/policies.ts';
import { readSubmission } from './read-submission.ts';
import { canResumeOf, type ResumedWork } from './resume.ts';
import type { StartedAttempt } from './start-attempt.ts';

export interface Prepared {
  readonly work: AttemptWork;
  readonly provisioning: Provisioning;
  readonly notes: readonly string[];
  readonly judge: Judge;
}

/** Why an attempt could not be prepared, and the work that exists nevertheless and has to be cleaned up. */
export interface Unprepared {
  readonly end: ExecutionEnd;
  readonly work: AttemptWork | null;
  readonly provisioning: Provisioning | null;
}

/** Makes the place to work in: the folders for evidence and temporary files, the worktree, and what the repository says belongs in it. */
export async function prepareAttempt(
  context: ServiceContext,
  { step, attempt, fence, base, resume }: StartedAttempt,
  signal: AbortSignal,
): Promise<Result<Prepared, Unprepared>> {
  const place = placeOf(attempt);
  const evidence = await context.evidence.openAttempt(place);
  if (!evidence.ok) return unprepared(failed('evidence_failed', evidence.error.sentence));
  if (!base.ok) return unprepared(provisioningFailed(base.error.message));
  const judge = await submittedPolicy(context, step);
  if (!judge.ok) return unprepared(failed('policy', judge.error.message));
  const misplaced = resume === null ? null : await whyMisplaced(context, { step, attempt, resume });
  if (misplaced !== null) return unprepared(provisioningFailed(misplaced));
  if (signal.aborted) return unprepared(endOfStopped(signal));
  const temporary = await context.processes.openTemporary(attempt.mark);
  if (!temporary.ok) return unprepared(provisioningFailed(temporary.error.sentence));
  const created = await context.workspaces.create(place, base.value, resume?.work ?? null);
  if (!created.ok) return unprepared(provisioningFailed(created.error.sentence));
  const work: AttemptWork = {
    step,
    attemptId: attempt.id,
    fence,
    place,
    isSimulation: attempt.isSimulation,
    mark: attempt.mark,
    worktreePath: created.value.path,
    evidencePath: evidence.value.path,
    resume,
  };
  return provision(context, { work, notes: created.value.notes, judge: judge.value }, signal);
}

/**
 * Why a session cannot be gone on with where this attempt works; null: it can. The folder of an earlier attempt is free
 * when its clean-up is over.
 */
async function whyMisplaced(
  context: ServiceContext,
  { step, attempt, resume }: Pick<StartedAttempt, 'step' | 'attempt'> & { readonly resume: ResumedWork },
): Promise<string | null> {
  const { id, stepId } = attempt;
  if (!resume.folder.ok) return canResumeOf(context, step) === 'in_its_folder' ? resume.folder.error : null;
  await context.live.gone((one) => one.stepId === stepId && one.attemptId !== id);
  return null;
}

/**
 * The policy as it stood when the task was submitted: what an attempt writes into a policy file judges neither itself
 * nor the attempt after it. Kept in the event of the submission, where the chain guards it.
 */
async function submittedPolicy(context: ServiceContext, step: StepRecord): Promise<Result<Judge, Refusal>> {
  const submitted = readSubmission(context, { stepId: step.id, submission: step.submission });
  if (submitted?.['policy'] !== undefined) return context.policies.read(submitted['policy']);
  const pinned = await context.policies.pin(step.spec.policyBundle);
  return pinned.ok ? ok(pinned.value.judge) : pinned;
}

async function provision(
  context: ServiceContext,
  { work, notes, judge }: Pick<Prepared, 'work' | 'notes' | 'judge'>,
  signal: AbortSignal,
): Promise<Result<Prepared, Unprepared>> {
  const env = context.processes.environment(work.mark);
  const done = await context.workspaces.provision(work.place, { env, mark: work.mark, signal });
  if (done.ok) return ok({ work, provisioning: done.value, notes, judge });
  const end = signal.aborted ? endOfStopped(signal) : provisioningFailed(done.error.sentence);
  return err({ end, work, provisioning: done.error.provisioning });
}

const provisioningFailed = (sentence: string): ExecutionEnd =>
  failed('provisioning_failed', `Provisioning failed: ${sentence}`);

const unprepared = (end: ExecutionEnd): Result<never, Unprepared> => err({ end, work: null, provisioning: null });
