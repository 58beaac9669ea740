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
  readonly containsSecret: boolean;
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
  containsSecret: fields.flag('contains_secret'),
});

/** What a new look at the file of an artifact came to. */
export interface ClientArtifactVerdict {
  readonly isOk: boolean;
  /** Empty: there is none. */
  readonly problem: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export const clientArtifactVerdict = (fields: Fields): ClientArtifactVerdict => ({
  isOk: fields.flag('ok'),
  problem: fields.text('problem'),
  sizeBytes: fields.integer('size'),
  sha256: fields.text('hash'),
});
