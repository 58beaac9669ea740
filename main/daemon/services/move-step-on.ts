import { gateIdOf } from '../../../contract/ids.ts';
import type { AttemptRecord, GateRecord, StepRecord, StopRequest } from '../../../contract/records.ts';
import { assertNever } from '../../../contract/result.ts';
import type { StepState } from '../../../contract/step-state.ts';
import type { AttemptFacts, Conclusion, StepVerdict } from '../domain/conclude-attempt.ts';
import { subjectText } from '../domain/digest-subject.ts';
import { nextAttempt, type RetryDraw } from '../domain/retry-delay.ts';
import { cancelledBy } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { recordGateOpened, recordStepMove } from './ledger.ts';

/** An attempt whose end is recorded, and what it came to. */
export interface Concluded {
  readonly attempt: AttemptRecord;
  readonly step: StepRecord;
  readonly facts: AttemptFacts;
  readonly conclusion: Conclusion;
}

/**
 * Moves a step to where its attempt leads: to its end, in front of a gate, to a person, or back to wait for the next
 * attempt. Inside the transaction that ends the attempt.
 */
export function moveStepOn(context: ServiceContext, concluded: Concluded): void {
  const { conclusion, step } = concluded;
  const wish = wishToEnd(context, concluded.attempt);
  const retry = wish === null ? drawRetry(context, concluded) : null;
  if (retry !== null) {
    awaitRetry(context, { ...concluded, retry });
    return;
  }
  const { verdict } = conclusion;
  if (verdict.kind === 'gate' && wish === null) {
    recordGateOpened(context, policyGate(context, { ...concluded, reasons: verdict.reasons }));
  }
  recordStepMove(context, step, { by: 'machine', actor: 'daemon', ...placeAfter(verdict, wish) });
}

/** That somebody wants the end of the step or of its run. Nobody retries such a step, nor has it approved. */
const wishToEnd = ({ store }: ServiceContext, { cancelRequest, runId }: AttemptRecord): StopRequest | null =>
  cancelRequest ?? store.runs.get(runId)?.abortRequest ?? null;

function placeAfter(
  verdict: StepVerdict,
  wish: StopRequest | null,
): { readonly to: StepState; readonly reason: string } {
  switch (verdict.kind) {
    case 'gate':
      if (wish !== null) return { to: 'cancelled', reason: cancelledBy(wish) };
      return { to: 'needs_approval', reason: promptOf(verdict.reasons) };
    case 'attention':
      return { to: 'needs_manual_attention', reason: verdict.reason };
    case 'end':
      return { to: verdict.state, reason: verdict.reason };
    default:
      return assertNever(verdict);
  }
}

const promptOf = (reasons: readonly string[]): string => `Policy enforced gate: ${reasons.join(', ')}`;

/**
 * Whether the declared rule grants another attempt. With evidence that is not whole only a rule that says so goes on,
 * whatever else the attempt failed of: a process of it may be alive.
 */
function drawRetry(context: ServiceContext, { conclusion, step }: Concluded): RetryDraw | null {
  if (conclusion.failureClass === null) return null;
  const failureClass = conclusion.verdict.kind === 'attention' ? 'evidence_failed' : conclusion.failureClass;
  const { attemptsUsed, spec } = step;
  const nowMs = context.clock();
  return nextAttempt({ rule: spec.retry, attemptsUsed, failureClass, nowMs, random: context.random() });
}

function awaitRetry(
  context: ServiceContext,
  { step, attempt, conclusion, retry }: Concluded & { readonly retry: RetryDraw },
): void {
  const jitter = retry.jitterSeconds === 0 ? '' : ` (jitter ${retry.jitterSeconds.toFixed(3)} s)`;
  recordStepMove(context, step, {
    by: 'machine',
    to: 'pending',
    actor: 'daemon',
    reason: `attempt ${attempt.number} ended ${attempt.state}: ${conclusion.summary}; the retry rule grants another${jitter}`,
    change: { notBeforeMs: retry.notBeforeMs, enqueuedAtMs: context.clock() },
  });
}

/** A gate is bound to what it asks about: the work of this attempt and the reasons for asking. */
function policyGate(
  context: ServiceContext,
  { attempt, facts, reasons }: Concluded & { readonly reasons: readonly string[] },
): GateRecord {
  const subject = {
    attempt: attempt.id,
    base: attempt.baseCommit,
    tree: attempt.salvage?.treeCommit ?? null,
    files: facts.filesChanged,
    questions: facts.questions,
    reasons,
  };
  return {
    id: gateIdOf(attempt.id, context.store.gates.countOfAttempt(attempt.id) + 1),
    kind: 'policy',
    subject: 'attempt',
    runId: attempt.runId,
    stepId: attempt.stepId,
    attemptId: attempt.id,
    state: 'pending',
    prompt: promptOf(reasons),
    reasons: [...reasons],
    subjectDigest: context.sha256(subjectText(subject)),
    expiresAtMs: null,
    onExpiry: 'keep',
    createdAtMs: context.clock(),
    decidedAtMs: null,
    decidedBy: null,
    decidedDigest: null,
    reason: '',
    request: null,
    scope: null,
  };
}
