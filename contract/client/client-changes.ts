import type { Fields } from './read-fields.ts';

/** What an attempt changed, or what differs between two. */
export interface ClientChanges {
  readonly attemptId: string;
  /** Empty: with what the attempt started from. */
  readonly fromAttemptId: string;
  /** Empty: not known any more. */
  readonly fromCommit: string;
  readonly toCommit: string;
  /** Of all pages. */
  readonly total: number;
  readonly files: readonly ClientChangedFile[];
}

export interface ClientChangedFile {
  /** A path that is no UTF-8 is quoted as git quotes it. */
  readonly path: string;
  /** Of a renamed file. */
  readonly oldPath: string;
  readonly status: string;
  /** As git writes them: `100644`, `120000` for a symlink, `160000` for a submodule, zeros for what is not there. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Null for binary files. */
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly isBinary: boolean;
  readonly sizeBytes: number | null;
}

export const clientChanges = (fields: Fields): ClientChanges => ({
  attemptId: fields.text('attempt_id'),
  fromAttemptId: fields.text('from_attempt_id'),
  fromCommit: fields.text('from_commit'),
  toCommit: fields.text('to_commit'),
  total: fields.integer('total'),
  files: fields.objects('files', (one) => ({
    path: one.id('path'),
    oldPath: one.text('old_path'),
    status: one.text('status'),
    oldMode: one.text('old_mode'),
    newMode: one.text('new_mode'),
    additions: one.optionalInteger('additions'),
    deletions: one.optionalInteger('deletions'),
    isBinary: one.flag('binary'),
    sizeBytes: one.optionalInteger('size'),
  })),
});
