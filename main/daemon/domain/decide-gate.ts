import { type AttemptState, type EndedAttemptState, isAttemptLive } from '../../../contract/attempt-state.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import { type GateAction, stateAfter } from '../../../contract/gate-state.ts';
import type { PermissionScope } from '../../../contract/permission.ts';
import type { AttemptRecord, GateRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import { isAskedByExecutor } from './asked-by-executor.ts';

export interface Decision {
  readonly action: GateAction;
  readonly actor: string;
  readonly reason: string;
  /** What the decider was shown. Without it the decision counts for the present subject, and the record says so. */
  readonly digest: string | null;
  /** How far an approved permission reaches. */
  readonly scope: PermissionScope;
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
    scope: gate.kind === 'permission' && decision.action === 'approve' ? decision.scope : null,
  });
}

export type GateEffect =
  | { readonly kind: 'none' }
  /** The executor that asked works on, unless it still waits for another answer. */
  | { readonly kind: 'go_on' }
  | {
      readonly kind: 'move_step';
      readonly state: EndedAttemptState | 'needs_manual_attention';
      readonly reason: string;
    };

/**
 * What a decided gate does to its step. A gate behind a finished attempt settles the step as that attempt ended; a gate
 * in front of a step lets it go on by no longer being pending; a rejected one ends the step `cancelled`. A permission is
 * different: either answer goes to the executor that asked, and the step goes on. An approval of what was no success
 * settles nothing: a person has to look at it.
 */
export function effectOfGate(gate: GateRecord, step: StepRecord, attempt: AttemptRecord | null): GateEffect {
  if (isTerminalStep(step.state)) return { kind: 'none' };
  const isAlive = attempt !== null && isAttemptLive(attempt.state);
  if (isAskedByExecutor(gate)) return { kind: isAlive && step.state === 'needs_approval' ? 'go_on' : 'none' };
  if (gate.state === 'rejected') {
    const why = gate.reason === '' ? 'no reason was given' : gate.reason;
    return { kind: 'move_step', state: 'cancelled', reason: `rejected at ${gate.id}: ${why}` };
  }
  if (gate.state !== 'approved' || step.state !== 'needs_approval') return { kind: 'none' };
  if (isAlive) return { kind: 'none' };
  if (attempt !== null && isCompletion(attempt.state)) {
    return { kind: 'move_step', state: attempt.state, reason: attempt.summary };
  }
  const fact = attempt === null ? 'cannot be read' : `is ${attempt.state}`;
  return {
    kind: 'move_step',
    state: 'needs_manual_attention',
    reason: `${gate.id} was approved, yet the attempt behind it ${fact}`,
  };
}

type Completion = 'completed' | 'completed_with_warnings';

/** A gate never makes a success of what was none. */
const isCompletion = (state: AttemptState): state is Completion =>
  state === 'completed' || state === 'completed_with_warnings';
