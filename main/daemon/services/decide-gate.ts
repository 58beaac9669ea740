import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { GateAction } from '../../../contract/gate-state.ts';
import { AttemptId, GateId, StepId } from '../../../contract/ids.ts';
import type { GateRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { decideGate as decide, effectOfGate } from '../domain/decide-gate.ts';
import type { ServiceContext } from './context.ts';
import { recordGateDecided, recordRunFollows, recordStepMove } from './ledger.ts';

export interface DecideGateInput {
  /** The gate's id, or an inherited spelling: `gate-<stepID>`, `gate-<attemptID>`. */
  readonly gateId: string;
  readonly action: GateAction;
  readonly actor: string;
  readonly reason?: string;
  readonly digest?: string;
}

/** Decides a gate, exactly once, and moves its step in the same transaction. */
export function decideGate(context: ServiceContext, input: DecideGateInput): Result<GateRecord, Refusal> {
  const decided = context.store.transaction(() => {
    const gate = findGate(context, input.gateId);
    if (!gate.ok) return gate;
    const decision = decide(gate.value, {
      action: input.action,
      actor: input.actor,
      reason: input.reason ?? '',
      digest: input.digest ?? null,
      atMs: context.clock(),
    });
    if (decision.ok) applyDecision(context, decision.value);
    return decision;
  });
  if (decided.ok) context.wakeDispatcher();
  return decided;
}

function applyDecision(context: ServiceContext, gate: GateRecord): void {
  recordGateDecided(context, gate);
  const actor = gate.decidedBy ?? 'daemon';
  const step = gate.stepId === null ? null : context.store.steps.get(gate.stepId);
  if (step !== null) {
    const attempt = gate.attemptId === null ? null : context.store.attempts.get(gate.attemptId);
    const effect = effectOfGate(gate, step, attempt);
    if (effect.kind === 'end_step') {
      recordStepMove(context, step, { by: 'machine', to: effect.state, actor, reason: effect.reason });
    }
  }
  if (gate.runId !== null) recordRunFollows(context, gate.runId, actor);
}

/** The gate behind an id or one of its inherited spellings, which mean the one pending gate of that step or attempt. */
export function findGate(context: ServiceContext, text: string): Result<GateRecord, Refusal> {
  const { gates } = context.store;
  const id = GateId.safeParse(text);
  const exact = id.success ? gates.get(id.data) : null;
  if (exact !== null && exact.state === 'pending') return ok(exact);
  const pending = pendingBehind(context, text);
  const [first, ...others] = pending;
  if (first !== undefined && others.length === 0) return ok(first);
  if (others.length > 0) {
    const gateIds = pending.map((gate) => gate.id);
    return err(refusal('gate_ambiguous', `${text} means several gates: ${gateIds.join(', ')}`, { gateIds }));
  }
  const closed = exact ?? lastClosedBehind(context, text);
  return closed === null ? err(refusal('gate_not_found', `gate ${text} not found`)) : ok(closed);
}

/** `gate-<x>` names a step or an attempt. */
function subjectOf(text: string) {
  const name = text.startsWith('gate-') ? text.slice('gate-'.length) : '';
  const stepId = StepId.safeParse(name);
  const attemptId = AttemptId.safeParse(name);
  return stepId.success && attemptId.success ? { stepId: stepId.data, attemptId: attemptId.data } : null;
}

function pendingBehind({ store }: ServiceContext, text: string): readonly GateRecord[] {
  const subject = subjectOf(text);
  if (subject === null) return [];
  const ofAttempt = store.gates.pendingOfAttempt(subject.attemptId);
  return ofAttempt.length > 0 ? ofAttempt : store.gates.pendingOfStep(subject.stepId);
}

function lastClosedBehind({ store }: ServiceContext, text: string): GateRecord | null {
  const subject = subjectOf(text);
  if (subject === null) return null;
  return store.gates.list({ stepId: subject.stepId, limit: 1 })[0] ?? null;
}
