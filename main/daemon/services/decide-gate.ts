import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { GateAction } from '../../../contract/gate-state.ts';
import { AttemptId, GateId, StepId } from '../../../contract/ids.ts';
import type { PermissionScope } from '../../../contract/permission.ts';
import type { GateRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { decideGate as decide, effectOfGate } from '../domain/decide-gate.ts';
import type { ServiceContext } from './context.ts';
import { recordGateDecided, recordGatesWithdrawn, recordRunFollows, recordStepMove } from './ledger.ts';
import { recordStepGoesOn } from './record-permission.ts';

export interface DecideGateInput {
  /** The gate's id, or an inherited spelling: `gate-<stepID>`, `gate-<attemptID>`. */
  readonly gateId: string;
  readonly action: GateAction;
  readonly actor: string;
  readonly reason?: string;
  readonly digest?: string;
  /** How far an approved permission reaches; only for those. */
  readonly scope?: PermissionScope;
  /** In the same transaction as the decision. */
  readonly alsoStore?: ((gate: GateRecord) => void) | undefined;
}

/** Decides a gate, exactly once, and moves its step in the same transaction. */
export function decideGate(context: ServiceContext, input: DecideGateInput): Result<GateRecord, Refusal> {
  const decided = context.store.transaction(() => {
    const { action, actor, reason = '', digest = null, scope } = input;
    const gate = findGate(context, input.gateId, digest);
    if (!gate.ok) return gate;
    if (scope !== undefined && !takesScope(gate.value, action)) return err(refusal('invalid_input', NO_SCOPE));
    const atMs = context.clock();
    const decision = decide(gate.value, { action, actor, reason, digest, scope: scope ?? 'once', atMs });
    if (!decision.ok) return decision;
    applyDecision(context, decision.value);
    input.alsoStore?.(decision.value);
    return decision;
  });
  if (decided.ok) context.wakeDispatcher();
  return decided;
}

const NO_SCOPE = 'scope: only the approval of a permission has one';

const takesScope = ({ kind }: GateRecord, action: GateAction): boolean => kind === 'permission' && action === 'approve';

function applyDecision(context: ServiceContext, gate: GateRecord): void {
  const actor = gate.decidedBy ?? 'daemon';
  recordGateDecided(context, gate);
  const step = gate.stepId === null ? null : context.store.steps.get(gate.stepId);
  if (step !== null) applyToStep(context, { gate, step, actor });
  if (gate.runId !== null) recordRunFollows(context, gate.runId, actor);
}

/** Approved, a step still waits for its other gates; rejected, nobody needs to decide them any more. */
function applyToStep(
  context: ServiceContext,
  { gate, step, actor }: { readonly gate: GateRecord; readonly step: StepRecord; readonly actor: string },
): void {
  const { store } = context;
  const effect = effectOfGate(gate, step, gate.attemptId === null ? null : store.attempts.get(gate.attemptId));
  if (effect.kind === 'none') return;
  if (effect.kind === 'go_on') {
    recordStepGoesOn(context, step.id, actor);
    return;
  }
  const { state: to, reason } = effect;
  if (gate.state === 'approved' && store.gates.pendingOfStep(step.id).length > 0) return;
  recordGatesWithdrawn(context, step.id, { actor, reason });
  recordStepMove(context, step, { by: 'machine', to, actor, reason });
}

/**
 * The gate behind an id or one of its inherited spellings, which mean the one pending gate of that step or attempt. Of
 * several, the digest tells which one was meant.
 */
export function findGate(
  context: ServiceContext,
  text: string,
  digest: string | null = null,
): Result<GateRecord, Refusal> {
  const id = GateId.safeParse(text);
  const exact = id.success ? context.store.gates.get(id.data) : null;
  const pending = pendingBehind(context, text, exact);
  const named = pending.filter(({ subjectDigest }) => subjectDigest === digest);
  const [first, ...others] = named.length > 0 ? named : pending;
  if (first !== undefined && others.length === 0) return ok(first);
  if (others.length > 0) return err(ambiguous(text, pending));
  const closed = exact ?? lastClosedBehind(context, text);
  return closed === null ? err(refusal('gate_not_found', `gate ${text} not found`)) : ok(closed);
}

function ambiguous(text: string, pending: readonly GateRecord[]): Refusal {
  const gateIds = pending.map((gate) => gate.id);
  const sentence = `${text} means several gates: ${gateIds.join(', ')}; name the digest of what you decide`;
  return refusal('gate_ambiguous', sentence, { gateIds });
}

/** `gate-<x>` names a step or an attempt. */
function subjectOf(text: string) {
  const name = text.startsWith('gate-') ? text.slice('gate-'.length) : '';
  const stepId = StepId.safeParse(name);
  const attemptId = AttemptId.safeParse(name);
  return stepId.success && attemptId.success ? { stepId: stepId.data, attemptId: attemptId.data } : null;
}

/** Every pending gate that the text can mean, each once. */
function pendingBehind({ store }: ServiceContext, text: string, exact: GateRecord | null): readonly GateRecord[] {
  const named = exact?.state === 'pending' ? [exact] : [];
  const subject = subjectOf(text);
  if (subject === null) return named;
  const behind = [...store.gates.pendingOfAttempt(subject.attemptId), ...store.gates.pendingOfStep(subject.stepId)];
  return [...new Map([...named, ...behind].map((gate) => [gate.id, gate])).values()];
}

function lastClosedBehind({ store }: ServiceContext, text: string): GateRecord | null {
  const subject = subjectOf(text);
  if (subject === null) return null;
  return store.gates.list({ stepId: subject.stepId, limit: 1 })[0] ?? null;
}
