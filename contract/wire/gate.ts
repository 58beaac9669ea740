import { z } from 'zod';

import { GateKind, GateState, GateSubject } from '../gate-state.ts';
import { AttemptId, GateId, RunId, StepId } from '../ids.ts';
import { PermissionScope } from '../permission.ts';
import type { GateRecord } from '../records.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireIdOrNull, wireList, wireObject, wireText, wireTime, wireTimeOrNull } from './decode.ts';
import { encodePermissionRequest, WirePermissionRequest } from './permission-request.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

export const encodeGate = (gate: GateRecord) => ({
  id: gate.id,
  run_id: gate.runId ?? '',
  step_id: gate.stepId ?? '',
  description: gate.prompt,
  state: gate.state,
  created_at: formatTime(gate.createdAtMs),
  resolved_at: formatTimeOrNull(gate.decidedAtMs),
  kind: gate.kind,
  subject: gate.subject,
  attempt_id: gate.attemptId ?? '',
  reasons: gate.reasons,
  subject_digest: gate.subjectDigest,
  expires_at: formatTimeOrNull(gate.expiresAtMs),
  on_expiry: gate.onExpiry,
  decided_by: gate.decidedBy,
  decided_digest: gate.decidedDigest,
  reason: gate.reason,
  request: gate.request === null ? null : encodePermissionRequest(gate.request),
  scope: gate.scope,
});

export const WireGate = wireObject({
  id: GateId,
  run_id: wireIdOrNull(RunId),
  step_id: wireIdOrNull(StepId),
  description: wireText,
  state: GateState,
  created_at: wireTime,
  resolved_at: wireTimeOrNull,
  kind: GateKind,
  subject: GateSubject,
  attempt_id: wireIdOrNull(AttemptId),
  reasons: wireList(z.string()),
  subject_digest: z.string(),
  expires_at: wireTimeOrNull,
  on_expiry: z.enum(['reject', 'keep']),
  decided_by: z.string().nullable().default(null),
  decided_digest: z.enum(['named', 'present']).nullable().default(null),
  reason: wireText,
  request: WirePermissionRequest.nullable().default(null).meta({
    description: 'What an agent asks to be allowed. Lists have it only for gates that are pending.',
  }),
  scope: PermissionScope.nullable().default(null),
})
  .transform(
    (wire): GateRecord => ({
      id: wire.id,
      kind: wire.kind,
      subject: wire.subject,
      runId: wire.run_id,
      stepId: wire.step_id,
      attemptId: wire.attempt_id,
      state: wire.state,
      prompt: wire.description,
      reasons: wire.reasons,
      subjectDigest: wire.subject_digest,
      expiresAtMs: wire.expires_at,
      onExpiry: wire.on_expiry,
      createdAtMs: wire.created_at,
      decidedAtMs: wire.resolved_at,
      decidedBy: wire.decided_by,
      decidedDigest: wire.decided_digest,
      reason: wire.reason,
      request: wire.request,
      scope: wire.scope,
    }),
  )
  .meta({ id: 'Gate', description: 'A pause that needs a decision.' });

export const decodeGate = (value: unknown): Result<GateRecord, string> => decodeWith(WireGate, value);
