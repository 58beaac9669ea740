import type { Fields } from './read-fields.ts';

/** One file of evidence. */
export interface ClientArtifact {
  readonly id: string;
  readonly attemptId: string;
  readonly type: string;
  readonly name: string;
  /** Absolute, on the daemon's machine. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Empty from daemons of the first wire version for what they did not hash. */
  readonly sha256: string;
  readonly mediaType: string;
}

export const clientArtifact = (fields: Fields): ClientArtifact => ({
  id: fields.id('id'),
  attemptId: fields.text('attempt_id'),
  type: fields.text('type'),
  name: fields.text('name'),
  path: fields.text('path'),
  sizeBytes: fields.integer('size'),
  sha256: fields.text('hash'),
  mediaType: fields.text('mime_type'),
});
