import type { ErrorCode } from '../../../../contract/errors.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';

export type FileProblemKind = 'full' | 'denied' | 'missing' | 'exists' | 'refused' | 'failed';

/** What could not be done with a file, with the evidence. */
export interface FileProblem {
  readonly kind: FileProblemKind;
  readonly operation: string;
  readonly path: string;
  readonly sentence: string;
  /** Set where the problem has a row in the error table. */
  readonly code?: ErrorCode;
  readonly cause?: unknown;
}

/** Runs work on files. What the system answers becomes a problem; everything else is a bug and is thrown. */
export async function tryFile<T>(
  operation: string,
  path: string,
  work: () => Promise<T>,
): Promise<Result<T, FileProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(systemProblem(operation, path, error));
  }
}

/** A problem that is ours to see: the file is there and must not be used. `why` completes "cannot <operation> <path>: …". */
export const refuseFile = (operation: string, path: string, why: string): FileProblem => ({
  kind: 'refused',
  operation,
  path,
  sentence: sentenceOf(operation, path, why),
});

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  isSystemError(error) && error.code !== undefined && codes.includes(error.code);

const KINDS: Readonly<Record<string, readonly [kind: FileProblemKind, why: string]>> = {
  ENOSPC: ['full', 'the disk is full'],
  EDQUOT: ['full', 'the disk quota is used up'],
  EACCES: ['denied', 'permission denied'],
  EPERM: ['denied', 'not permitted'],
  EROFS: ['denied', 'the file system is read-only'],
  ENOENT: ['missing', 'there is no such file'],
  EEXIST: ['exists', 'it is already there'],
  ENOTEMPTY: ['exists', 'the folder is not empty'],
  ENAMETOOLONG: ['failed', 'the name is too long'],
  ENOTDIR: ['failed', 'a part of the path is not a folder'],
};

export function systemProblem(operation: string, path: string, error: NodeJS.ErrnoException): FileProblem {
  const [kind, why] = KINDS[error.code ?? ''] ?? ['failed' as const, error.message];
  const sentence = sentenceOf(operation, path, why);
  return {
    kind,
    operation,
    path,
    sentence,
    ...(kind === 'full' ? { code: 'storage_full' as const } : {}),
    cause: error,
  };
}

const sentenceOf = (operation: string, path: string, why: string): string =>
  `cannot ${operation} ${JSON.stringify(path)}: ${why}`;
