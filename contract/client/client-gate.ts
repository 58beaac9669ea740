import type { Fields } from './read-fields.ts';

/** A pause that needs a decision. */
export interface ClientGate {
  readonly id: string;
  readonly runId: string;
  readonly stepId: string;
  readonly attemptId: string;
  readonly state: string;
  readonly kind: string;
  readonly description: string;
  readonly reasons: readonly string[];
  readonly subjectDigest: string;
  readonly decidedBy: string;
  readonly reason: string;
  readonly createdAtMs: number | null;
  readonly resolvedAtMs: number | null;
}

export const clientGate = (fields: Fields): ClientGate => ({
  id: fields.id('id'),
  runId: fields.text('run_id'),
  stepId: fields.text('step_id'),
  attemptId: fields.text('attempt_id'),
  state: fields.text('state'),
  kind: fields.text('kind'),
  description: fields.text('description'),
  reasons: fields.texts('reasons'),
  subjectDigest: fields.text('subject_digest'),
  decidedBy: fields.text('decided_by'),
  reason: fields.text('reason'),
  createdAtMs: fields.timeMs('created_at'),
  resolvedAtMs: fields.timeMs('resolved_at'),
});
