import type { GateRecord, StepRecord } from '../../../contract/records.ts';
import {
  type Cause,
  type Ledger,
  recordGateClosed,
  recordGateOpened,
  recordRunFollows,
  recordStepMove,
} from './ledger.ts';

/** How the record tells of permissions. Each belongs inside a transaction of the caller. */

/** A permission is asked for: its gate opens, and the step waits. */
export function recordPermissionAsked(ledger: Ledger, step: StepRecord, gate: GateRecord): void {
  recordGateOpened(ledger, gate);
  if (step.state === 'running') {
    recordStepMove(ledger, step, { by: 'machine', to: 'needs_approval', actor: 'daemon', reason: gate.prompt });
  }
  recordRunFollows(ledger, step.runId, 'daemon');
}

/** Nobody decides it any more; the step goes on unless something else of it is asked. */
export function recordPermissionClosed(
  ledger: Ledger,
  gate: GateRecord,
  close: Cause & { readonly state: 'withdrawn' | 'expired' },
): void {
  recordGateClosed(ledger, gate, close);
  if (gate.stepId !== null) recordStepGoesOn(ledger, gate.stepId, close.actor);
}

/** A step that waited for a permission runs again, when nothing of it is asked any more. */
export function recordStepGoesOn(ledger: Ledger, stepId: StepRecord['id'], actor: string): void {
  const step = ledger.store.steps.get(stepId);
  if (step?.state !== 'needs_approval' || ledger.store.gates.pendingOfStep(stepId).length > 0) return;
  recordStepMove(ledger, step, { by: 'machine', to: 'running', actor, reason: '' });
  recordRunFollows(ledger, step.runId, actor);
}
