import { sqliteCode } from './storage-full.ts';

export type StoreOpenErrorCode = 'newer_version' | 'corrupt' | 'locked' | 'full' | 'unreadable';

/** Why the record cannot be used. Whatever the code: the file was left as it is. */
export interface StoreOpenError {
  readonly code: StoreOpenErrorCode;
  /** For people: what is wrong and what to do. */
  readonly message: string;
  readonly path: string;
  /** For `corrupt`: where the damaged file was copied to; null when even that failed. */
  readonly copyPath: string | null;
  readonly cause: unknown;
}

/** The kind of an error of SQLite or of the file system; null for any other error. */
export function kindOf(error: unknown): Exclude<StoreOpenErrorCode, 'newer_version'> | null {
  const code = sqliteCode(error) ?? fileCode(error);
  if (code === null) return null;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  return CORRUPT.test(code) ? 'corrupt' : 'unreadable';
}

/** SQLITE_ERROR: a table of the schema is gone. A constraint: a migration meets rows that its version could not write. */
const CORRUPT = /^SQLITE_(CORRUPT|NOTADB|ERROR|CONSTRAINT)/;

export function sentenceOf(kind: Exclude<StoreOpenErrorCode, 'newer_version' | 'corrupt'>, path: string): string {
  switch (kind) {
    case 'locked':
      return `Another program holds the record ${path}. Close it (a database browser, a second daemon) and start again.`;
    case 'full':
      return `The disk that holds the record ${path} is full. Free some space and start again.`;
    case 'unreadable':
      return `The record ${path} cannot be opened. Check that it is a file that you may read and write, in a folder that you may write to.`;
  }
}

const fileCode = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string' ? error.code : null;

export const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
