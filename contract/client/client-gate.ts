import type { Fields } from './read-fields.ts';

/** A pause that needs a decision. */
export interface ClientGate {
  readonly id: string;
  readonly runId: string;
  readonly stepId: string;
  readonly attemptId: string;
  readonly state: string;
  readonly kind: string;
  /** What it stands in front of: `step`, `attempt`, …; empty: of an older daemon. */
  readonly subject: string;
  readonly description: string;
  readonly reasons: readonly string[];
  readonly subjectDigest: string;
  readonly decidedBy: string;
  readonly reason: string;
  readonly createdAtMs: number | null;
  readonly resolvedAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** What happens when nobody decides in time: `reject` or `keep`. */
  readonly onExpiry: string;
  /** What an agent asks to be allowed; null: the gate asks something else. */
  readonly request: ClientPermissionRequest | null;
  /** How far an allowance reached: `once` or `attempt`; empty: nothing was allowed. */
  readonly scope: string;
}

export interface ClientPermissionRequest {
  readonly tool: string;
  readonly toolKind: string;
  readonly title: string;
  readonly command: string;
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly diff: string;
  readonly input: string;
  readonly reason: string;
}

const clientPermissionRequest = (fields: Fields): ClientPermissionRequest => ({
  tool: fields.text('tool'),
  toolKind: fields.text('tool_kind'),
  title: fields.text('title'),
  command: fields.text('command'),
  cwd: fields.text('cwd'),
  paths: fields.texts('paths'),
  diff: fields.text('diff'),
  input: fields.text('input'),
  reason: fields.text('reason'),
});

export const clientGate = (fields: Fields): ClientGate => ({
  id: fields.id('id'),
  runId: fields.text('run_id'),
  stepId: fields.text('step_id'),
  attemptId: fields.text('attempt_id'),
  state: fields.text('state'),
  kind: fields.text('kind'),
  subject: fields.text('subject'),
  description: fields.text('description'),
  reasons: fields.texts('reasons'),
  subjectDigest: fields.text('subject_digest'),
  decidedBy: fields.text('decided_by'),
  reason: fields.text('reason'),
  createdAtMs: fields.timeMs('created_at'),
  resolvedAtMs: fields.timeMs('resolved_at'),
  expiresAtMs: fields.timeMs('expires_at'),
  onExpiry: fields.text('on_expiry'),
  request: fields.object('request', clientPermissionRequest),
  scope: fields.text('scope'),
});
