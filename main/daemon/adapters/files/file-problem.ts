import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
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
  EMFILE: ['failed', 'the daemon has too many open files'],
  ENFILE: ['failed', 'the machine has too many open files'],
  ENOENT: ['missing', 'there is no such file'],
  EEXIST: ['exists', 'it is already there'],
  ENOTEMPTY: ['exists', 'the folder is not empty'],
  ENAMETOOLONG: ['failed', 'the name is too long'],
  ENOTDIR: ['failed', 'a part of the path is not a folder'],
};

export function systemProblem(operation: string, path: string, error: NodeJS.ErrnoException): FileProblem {
  const [kind, why] = KINDS[codeOf(error)] ?? ['failed' as const, error.message];
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

/** Node says that there is no such file when it cannot make folders on a read-only file system (`mkdir`, recursive). */
function codeOf({ code = '', syscall, path = '' }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' && syscall === 'mkdir' && isOnReadOnly(path) ? 'EROFS' : code;
}

function isOnReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return hasCode(error, 'ENOENT') && dirname(path) !== path ? isOnReadOnly(dirname(path)) : hasCode(error, 'EROFS');
  }
}

const sentenceOf = (operation: string, path: string, why: string): string =>
  `cannot ${operation} ${JSON.stringify(path)}: ${why}`;
