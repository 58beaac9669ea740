import { z } from 'zod';

import type { Result } from '../result.ts';
import { decodeWith } from './decode.ts';

/** One file that differs, as `changed-files.json` and `/changes` tell it. Paths that are no UTF-8 are quoted as git quotes them. */
const ChangedFile = z.object({
  path: z.string(),
  oldPath: z.string().optional().meta({ description: 'Where a renamed file was before.' }),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'type-changed']),
  oldMode: z.string(),
  newMode: z.string(),
  additions: z.int().nullable().meta({ description: 'Lines; null for a binary file.' }),
  deletions: z.int().nullable(),
  isBinary: z.boolean(),
  sizeBytes: z.int().nullable().meta({ description: 'Of the new content; null when there is none.' }),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** The evidence file `changed-files.json`. */
const ChangedFilesDocument = z.object({ version: z.literal(1), files: z.array(ChangedFile) });

export function decodeChangedFiles(value: unknown): Result<readonly ChangedFile[], string> {
  const decoded = decodeWith(ChangedFilesDocument, value);
  return decoded.ok ? { ok: true, value: decoded.value.files } : decoded;
}

/** What an attempt changed, or what differs between two of them. */
export interface ChangesView {
  /** The attempt that was compared with the other, or with what it started from. */
  readonly attemptId: string;
  /** Null: with what the attempt started from. */
  readonly fromAttemptId: string | null;
  readonly fromCommit: string | null;
  readonly toCommit: string | null;
  readonly files: readonly ChangedFile[];
  readonly total: number;
}

export const encodeChanges = (changes: ChangesView) => ({
  attempt_id: changes.attemptId,
  from_attempt_id: changes.fromAttemptId,
  from_commit: changes.fromCommit,
  to_commit: changes.toCommit,
  total: changes.total,
  files: changes.files.map((file) => ({
    path: file.path,
    old_path: file.oldPath ?? null,
    status: file.status,
    old_mode: file.oldMode,
    new_mode: file.newMode,
    additions: file.additions,
    deletions: file.deletions,
    binary: file.isBinary,
    size: file.sizeBytes,
  })),
});

export const WireChanges = z
  .object({
    attempt_id: z.string(),
    from_attempt_id: z.string().nullable().meta({ description: 'Null: with what the attempt started from.' }),
    from_commit: z.string().nullable(),
    to_commit: z.string().nullable(),
    total: z.int().meta({ description: 'Of all pages.' }),
    files: z.array(
      z.object({
        path: z.string(),
        old_path: z.string().nullable(),
        status: ChangedFile.shape.status,
        old_mode: z.string(),
        new_mode: z.string(),
        additions: z.int().nullable(),
        deletions: z.int().nullable(),
        binary: z.boolean(),
        size: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'Changes', description: 'Files that an attempt changed, or that differ between two attempts.' });
