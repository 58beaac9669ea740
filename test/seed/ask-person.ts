import { createHash } from 'node:crypto';
import { gateIdOf } from '../../contract/ids.ts';
import type { AttemptRecord, GateRecord } from '../../contract/records.ts';
import { subjectText } from '../../main/daemon/domain/digest-subject.ts';
import {
  recordGateDecided,
  recordGateOpened,
  recordRunFollows,
  recordStepMove,
} from '../../main/daemon/services/ledger.ts';
import type { Pen } from './pen.ts';
import { MACHINE, type Played } from './play-attempt.ts';

const REASONS = ['Dependency files were changed'];
const PROMPT = `Policy enforced gate: ${REASONS.join(', ')}`;
const THINKS_AT_MOST_MS = 120_000;

/** A gate behind the attempt, and what somebody decided, if somebody did. */
export function askPerson(pen: Pen, { step, attempt }: Played, decided: 'approved' | 'rejected' | null): void {
  const gate = policyGate(pen, attempt);
  recordGateOpened(pen, gate);
  const asked = recordStepMove(pen, step, { ...MACHINE, to: 'needs_approval', reason: PROMPT });
  recordRunFollows(pen, step.runId, 'daemon');
  if (decided === null) return;
  pen.pass(pen.draw.whole(1_000, THINKS_AT_MOST_MS));
  recordGateDecided(pen, decidedGate(pen, gate, decided));
  const move = { by: 'machine', actor: 'operator' } as const;
  if (decided === 'approved') recordStepMove(pen, asked, { ...move, to: attempt.state, reason: attempt.summary });
  else recordStepMove(pen, asked, { ...move, to: 'cancelled', reason: `rejected at ${gate.id}: not now` });
  recordRunFollows(pen, step.runId, 'operator');
}

function policyGate({ clock }: Pen, attempt: AttemptRecord): GateRecord {
  const subject = { attempt: attempt.id, base: attempt.baseCommit, files: attempt.filesChanged, reasons: REASONS };
  return {
    id: gateIdOf(attempt.id, 1),
    kind: 'policy',
    subject: 'attempt',
    runId: attempt.runId,
    stepId: attempt.stepId,
    attemptId: attempt.id,
    state: 'pending',
    prompt: PROMPT,
    reasons: REASONS,
    subjectDigest: createHash('sha256').update(subjectText(subject)).digest('hex'),
    expiresAtMs: null,
    onExpiry: 'keep',
    createdAtMs: clock(),
    decidedAtMs: null,
    decidedBy: null,
    decidedDigest: null,
    reason: '',
    request: null,
    scope: null,
  };
}

const decidedGate = ({ clock }: Pen, gate: GateRecord, state: 'approved' | 'rejected'): GateRecord => ({
  ...gate,
  state,
  decidedAtMs: clock(),
  decidedBy: 'operator',
  decidedDigest: 'named',
  reason: state === 'rejected' ? 'not now' : '',
});

/** The evidence is not whole, so nobody but a person can say what the work is worth. */
export function needAttention(pen: Pen, { step, attempt }: Played, isResolved: boolean): void {
  const reason = 'The output of attempt 1 could not be kept whole: look at it, and say what became of the step.';
  const waiting = recordStepMove(pen, step, { ...MACHINE, to: 'needs_manual_attention', reason });
  recordRunFollows(pen, step.runId, 'daemon');
  if (!isResolved) return;
  pen.pass(pen.draw.whole(1_000, THINKS_AT_MOST_MS));
  const resolution = { actor: 'operator', reason: 'looked at the diff: it is as it should be' };
  recordStepMove(pen, waiting, { by: 'resolve', to: 'completed', ...resolution });
  const place = { runId: step.runId, stepId: step.id };
  const payload = { from: waiting.state, as: 'completed', reason: resolution.reason };
  pen.store.events.append({ type: 'step.resolved', actor: 'operator', ...place, payload });
  recordRunFollows(pen, attempt.runId, 'operator');
}
