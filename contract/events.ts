import { z } from 'zod';

import { AttemptId, GateId, RunId, StepId } from './ids.ts';
import { EpochMs } from './time.ts';

/**
 * What can happen. A name is `<noun>.<what happened>`. Readers must survive names that they do not know; none is ever
 * taken out, because a log may hold it. Nothing writes `attempt.process_started` and `attempt.salvaged`.
 */
export const EVENT_TYPES = [
  'instance.started',
  'instance.stopping',
  'instance.recovered',
  'run.created',
  'run.abort_requested',
  'run.state_changed',
  'step.submitted',
  'step.cancel_requested',
  'step.state_changed',
  'step.resolved',
  'attempt.started',
  'attempt.state_changed',
  'attempt.process_started',
  'attempt.progress',
  'attempt.salvaged',
  'attempt.ended',
  'attempt.worktree_kept',
  'validation.ended',
  'gate.opened',
  'gate.decided',
  'gate.withdrawn',
  'gate.expired',
  'terminal.typed_into',
  'salvage.released',
  'settings.changed',
  'token.created',
  'token.revoked',
  'access.refused',
  'record.quarantined',
] as const;

export const EventType = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof EventType>;

/** What a writer hands over; the log adds sequence, time and chain. */
export interface EventDraft {
  readonly type: EventType;
  /** Who caused it: `daemon`, `operator`, `planner:<id>`, `executor:<attempt>`; `unknown` when that could not be told. */
  readonly actor: string;
  readonly runId?: RunId;
  readonly stepId?: StepId;
  readonly attemptId?: AttemptId;
  readonly gateId?: GateId;
  /** JSON that explains it. Already redacted: the log keeps it for ever. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** One entry of the log. `hash` = SHA-256 of the entry's canonical text, which contains the hash before it. */
export const EventRecord = z.strictObject({
  seq: z.number().int().positive(),
  atMs: EpochMs,
  type: EventType,
  actor: z.string(),
  runId: RunId.nullable(),
  stepId: StepId.nullable(),
  attemptId: AttemptId.nullable(),
  gateId: GateId.nullable(),
  payload: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type EventRecord = z.infer<typeof EventRecord>;
