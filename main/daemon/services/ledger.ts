import type { EventDraft } from '../../../contract/events.ts';
import type { AttemptRecord, GateRecord, RunRecord, StepRecord } from '../../../contract/records.ts';
import { canMoveRun, type RunState } from '../../../contract/run-state.ts';
import type { StepMove } from '../../../contract/step-state.ts';
import { isAskedByExecutor } from '../domain/asked-by-executor.ts';
import { followRun } from '../domain/follow-run.ts';
import { moveStep } from '../domain/move-step.ts';
import type { ServiceContext } from './context.ts';

/**
 * The few ways in which the record changes. Each of them writes the new state and the event that tells it, and belongs
 * inside a transaction of the caller.
 */
export type Ledger = Pick<ServiceContext, 'store' | 'clock'>;

export interface Cause {
  readonly actor: string;
  readonly reason: string;
}

/**
 * Moves a step. `change` holds what else is new about it, `told` what else its event says; where it stands, why and since when is the move's to say. The
 * run follows only when it is told to: see `recordRunFollows`.
 */
export function recordStepMove(
  ledger: Ledger,
  step: StepRecord,
  move: StepMove & Cause & { readonly change?: Partial<StepRecord>; readonly told?: EventDraft['payload'] },
): StepRecord {
  const atMs = ledger.clock();
  const moved = moveStep({ ...step, ...move.change, state: step.state }, move, { reason: move.reason, atMs });
  ledger.store.steps.save(moved);
  ledger.store.events.append({
    type: 'step.state_changed',
    actor: move.actor,
    runId: step.runId,
    stepId: step.id,
    payload: { from: step.state, to: moved.state, reason: move.reason, ...notBeforeOf(moved), ...move.told },
  });
  return moved;
}

const notBeforeOf = (step: StepRecord) => (step.notBeforeMs === null ? {} : { not_before_ms: step.notBeforeMs });

/** Brings the run's state in line with its steps and gates. Call it last in a transaction that changed either. */
export function recordRunFollows(ledger: Ledger, runId: RunRecord['id'], actor: string): void {
  const run = ledger.store.runs.get(runId);
  if (run === null) return;
  const pendingGates = ledger.store.gates.listPending({ runId, limit: 1 }).length;
  const state = followRun(run, ledger.store.steps.tallyOfRun(runId), pendingGates);
  if (state !== run.state) recordRunState(ledger, run, { state, actor, reason: 'follows its steps' });
}

/** Moves a run. A move that the table does not know is a bug of the caller. */
export function recordRunState(
  ledger: Ledger,
  run: RunRecord,
  change: Cause & { readonly state: RunState },
): RunRecord {
  if (!canMoveRun(run.state, change.state)) {
    throw new Error(`run ${run.id} cannot go from ${run.state} to ${change.state}`);
  }
  const moved = { ...run, state: change.state, updatedAtMs: ledger.clock() };
  ledger.store.runs.save(moved);
  ledger.store.events.append({
    type: 'run.state_changed',
    actor: change.actor,
    runId: run.id,
    payload: { from: run.state, to: change.state, reason: change.reason },
  });
  return moved;
}

/** Saves an attempt whose state is new. One that has ended asks nothing any more. */
export function recordAttempt(
  ledger: Ledger,
  attempt: AttemptRecord,
  event: 'attempt.state_changed' | 'attempt.ended',
): AttemptRecord {
  if (event === 'attempt.ended') withdrawPermissions(ledger, attempt.id);
  const saved = { ...attempt, updatedAtMs: ledger.clock() };
  ledger.store.attempts.save(saved);
  ledger.store.events.append({
    type: event,
    actor: 'daemon',
    runId: attempt.runId,
    stepId: attempt.stepId,
    attemptId: attempt.id,
    payload: attemptPayload(saved),
  });
  return saved;
}

function withdrawPermissions(ledger: Ledger, attemptId: AttemptRecord['id']): void {
  const reason = 'the attempt ended before anybody had answered';
  for (const gate of ledger.store.gates.pendingOfAttempt(attemptId)) {
    if (isAskedByExecutor(gate)) recordGateClosed(ledger, gate, { state: 'withdrawn', actor: 'daemon', reason });
  }
}

function attemptPayload(attempt: AttemptRecord): Readonly<Record<string, unknown>> {
  const base = { number: attempt.number, executor: attempt.executor, state: attempt.state };
  if (attempt.endedAtMs === null) return base;
  return {
    ...base,
    failure_class: attempt.failureClass,
    exit_code: attempt.exitCode,
    signal: attempt.signal,
    summary: attempt.summary,
    warnings: attempt.warnings,
    refs: attempt.salvage?.refs ?? [],
    kept_worktree: attempt.salvage?.keptWorktree ?? null,
  };
}

/** Adds a pending gate. */
export function recordGateOpened(ledger: Ledger, gate: GateRecord): void {
  ledger.store.gates.insert(gate);
  appendGateEvent(ledger, gate, { type: 'gate.opened', actor: 'daemon' });
}

/** Adds a gate that was decided before anybody was asked. */
export function recordGateAnswered(ledger: Ledger, gate: GateRecord): void {
  ledger.store.gates.insert(gate);
  appendGateEvent(ledger, gate, { type: 'gate.decided', actor: gate.decidedBy ?? 'daemon' });
}

/** Saves a gate as it was decided. What that does to its step is the caller's to record. */
export function recordGateDecided(ledger: Ledger, gate: GateRecord): void {
  ledger.store.gates.save(gate);
  appendGateEvent(ledger, gate, { type: 'gate.decided', actor: gate.decidedBy ?? 'daemon' });
}

/** Closes every pending gate of a step: what they asked no longer matters. */
export function recordGatesWithdrawn(ledger: Ledger, stepId: StepRecord['id'], cause: Cause): void {
  for (const gate of ledger.store.gates.pendingOfStep(stepId)) {
    recordGateClosed(ledger, gate, { ...cause, state: 'withdrawn' });
  }
}

/** Closes a pending gate that nobody decided. */
export function recordGateClosed(
  ledger: Ledger,
  gate: GateRecord,
  { state, actor, reason }: Cause & { readonly state: 'withdrawn' | 'expired' },
): void {
  const closed: GateRecord = { ...gate, state, decidedAtMs: ledger.clock(), decidedBy: actor, reason };
  ledger.store.gates.save(closed);
  appendGateEvent(ledger, closed, { type: `gate.${state}`, actor });
}

type GateEventType = 'gate.opened' | 'gate.decided' | 'gate.withdrawn' | 'gate.expired';

function appendGateEvent(
  ledger: Ledger,
  gate: GateRecord,
  event: { readonly type: GateEventType; readonly actor: string },
): void {
  ledger.store.events.append({
    ...event,
    gateId: gate.id,
    ...(gate.runId === null ? {} : { runId: gate.runId }),
    ...(gate.stepId === null ? {} : { stepId: gate.stepId }),
    ...(gate.attemptId === null ? {} : { attemptId: gate.attemptId }),
    payload: {
      kind: gate.kind,
      state: gate.state,
      reasons: gate.reasons,
      subject_digest: gate.subjectDigest,
      decided_digest: gate.decidedDigest,
      reason: gate.reason,
      ...permissionPayload(gate),
    },
  });
}

/** The whole request is in the gate. */
const permissionPayload = ({ kind, prompt, request, scope }: GateRecord): Readonly<Record<string, unknown>> =>
  kind === 'permission' && request !== null ? { prompt, tool: request.tool, tool_kind: request.toolKind, scope } : {};
