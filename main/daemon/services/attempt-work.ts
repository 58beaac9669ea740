import { FAILURE_CLASSES } from '../../../contract/failure-class.ts';
import type { AttemptRecord, StepRecord, StopRequest } from '../../../contract/records.ts';
import { composePrompt, composeReturn } from '../domain/compose-prompt.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt, recordStepMove } from './ledger.ts';
import { stopOrderOf } from './live-attempts.ts';
import type { AttemptPlace } from './ports/attempt-place.ts';
import type { AddedVariables } from './ports/processes.ts';
import type { ResumedWork } from './resume.ts';

/** One attempt on its way: who it is, and the worktree it works in. */
export interface AttemptWork {
  readonly step: StepRecord;
  readonly attemptId: AttemptRecord['id'];
  readonly fence: number;
  readonly place: AttemptPlace;
  readonly isSimulation: boolean;
  readonly mark: string;
  readonly worktreePath: string;
  readonly evidencePath: string;
  /** The conversation that it goes on with; null: a new one. */
  readonly resume: ResumedWork | null;
}

/** What its agent is told. */
export function toldIn({ step, resume, worktreePath }: AttemptWork): string {
  const prompt = composePrompt(step.spec);
  if (resume === null) return prompt;
  const formerPath = resume.folder.ok ? null : resume.formerPath;
  return composeReturn({ told: resume.answer ?? prompt, worktreePath, formerPath });
}

/** What the steps of a recipe are given besides the daemon's own environment; each may use the same names for others. */
export const recipeVariables = ({ spec }: StepRecord): AddedVariables =>
  (spec.recipe?.steps ?? []).map((step) => step.env);

export const placeOf = (attempt: AttemptRecord): AttemptPlace => ({
  runId: attempt.runId,
  stepId: attempt.stepId,
  attemptId: attempt.id,
});

/** Somebody else holds the attempt now: this writer must not write about it any more, and nothing of it is to be touched. */
export class LeaseLost extends Error {
  constructor(attemptId: string) {
    super(`the lease of attempt ${attemptId} was lost`);
    this.name = 'LeaseLost';
  }
}

/** The right to write about an attempt: the fence of its lease. */
export interface Held {
  readonly attemptId: AttemptRecord['id'];
  readonly fence: number;
}

/** The present rows of an attempt whose lease this process still holds. Inside a transaction. Throws `LeaseLost`. */
export function readHeld(context: ServiceContext, { attemptId, fence }: Held) {
  const { store } = context;
  const attempt = store.attempts.get(attemptId);
  const step = attempt === null ? null : store.steps.get(attempt.stepId);
  if (attempt === null || step === null || store.leases.get(attemptId)?.fence !== fence) throw new LeaseLost(attemptId);
  return { attempt, step };
}

/** Moves the step and its attempt to the next live state, in one transaction. Throws `LeaseLost`. */
export function advance(
  context: ServiceContext,
  held: Held,
  next: {
    readonly to: 'running' | 'collecting_artifacts' | 'validating';
    readonly attempt?: Partial<AttemptRecord>;
  },
): void {
  context.store.transaction(() => {
    const { attempt, step } = readHeld(context, held);
    recordAttempt(context, { ...attempt, ...next.attempt, state: next.to }, 'attempt.state_changed');
    recordStepMove(context, step, { by: 'machine', to: next.to, actor: 'daemon', reason: '' });
  });
}

/** How an attempt ends when its signal was aborted: by a person's wish, or because the daemon goes down. */
export function endOfStopped(signal: AbortSignal): ExecutionEnd {
  const order = stopOrderOf(signal);
  if (order.reason === 'cancel') {
    return failed('cancelled', cancelledBy({ actor: order.actor, reason: order.why }));
  }
  const { meaning } = FAILURE_CLASSES.interrupted;
  return failed('interrupted', `Interrupted: ${meaning}`);
}

export const cancelledBy = ({ actor, reason }: Pick<StopRequest, 'actor' | 'reason'>): string =>
  reason === '' ? `Cancelled by ${actor}` : `Cancelled by ${actor}: ${reason}`;

export const failed = (
  failureClass: Extract<ExecutionEnd, { end: 'failed' }>['failureClass'],
  summary: string,
): ExecutionEnd => ({ end: 'failed', failureClass, summary });
