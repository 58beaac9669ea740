import type { AttemptState, EndedAttemptState } from '../../../contract/attempt-state.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import { type GateAction, stateAfter } from '../../../contract/gate-state.ts';
import type { AttemptRecord, GateRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';

export interface Decision {
  readonly action: GateAction;
  readonly actor: string;
  readonly reason: string;
  /** What the decider was shown. Without it the decision counts for the present subject, and the record says so. */
  readonly digest: string | null;
  readonly atMs: number;
}

/** The gate after a decision. A gate is decided once. */
export function decideGate(gate: GateRecord, decision: Decision): Result<GateRecord, Refusal> {
  if (gate.state !== 'pending') {
    const when = gate.decidedAtMs === null ? '' : ` at ${new Date(gate.decidedAtMs).toISOString()}`;
    return err(refusal('gate_closed', `gate is already resolved: ${gate.id} was ${gate.state}${when}`));
  }
  if (decision.digest !== null && decision.digest !== gate.subjectDigest) {
    const sentence = `gate ${gate.id} no longer asks what you were shown: read it again before you decide`;
    return err(refusal('gate_changed', sentence, { subjectDigest: gate.subjectDigest }));
  }
  return ok({
    ...gate,
    state: stateAfter(decision.action),
    decidedAtMs: decision.atMs,
    decidedBy: decision.actor,
    decidedDigest: decision.digest === null ? 'present' : 'named',
    reason: decision.reason,
  });
}

export type GateEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'end_step'; readonly state: EndedAttemptState; readonly reason: string };

/**
 * What a decided gate does to its step. A gate behind a finished attempt settles the step as that attempt ended; a gate
 * in front of a step lets it go on by no longer being pending; a rejected one ends the step `cancelled`. A permission is
 * different: either answer goes to the executor that asked, and the step goes on.
 */
export function effectOfGate(gate: GateRecord, step: StepRecord, attempt: AttemptRecord | null): GateEffect {
  if (gate.kind === 'permission' || isTerminalStep(step.state)) return { kind: 'none' };
  if (gate.state === 'rejected') {
    const why = gate.reason === '' ? 'no reason was given' : gate.reason;
    return { kind: 'end_step', state: 'cancelled', reason: `rejected at ${gate.id}: ${why}` };
  }
  if (gate.state !== 'approved' || step.state !== 'needs_approval' || attempt === null) return { kind: 'none' };
  return isCompletion(attempt.state)
    ? { kind: 'end_step', state: attempt.state, reason: attempt.summary }
    : { kind: 'none' };
}

type Completion = 'completed' | 'completed_with_warnings';

/** A gate never makes a success of what was none. */
const isCompletion = (state: AttemptState): state is Completion =>
  state === 'completed' || state === 'completed_with_warnings';
