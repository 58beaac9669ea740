import type { Stats } from 'node:fs';

/**
 * What tells whether a file is still the one that git read. Times are milliseconds with a fraction, as `fs.Stats` has
 * them: nanoseconds to a quarter of a microsecond. Inode and size are the low 32 bits, which is what an index holds; the
 * mode is git's: 0o100644, 0o100755, 0o120000 for a link, 0o160000 for a repository.
 */
export interface FileStamp {
  readonly ctimeMs: number;
  readonly mtimeMs: number;
  readonly inode: number;
  readonly mode: number;
  readonly sizeBytes: number;
}

const LINK_MODE = 0o120000;
const OVER_32_BITS = 2 ** 32;

export function stampOf(stats: Stats): FileStamp {
  return {
    ctimeMs: stats.ctimeMs,
    mtimeMs: stats.mtimeMs,
    inode: stats.ino % OVER_32_BITS,
    mode: gitModeOf(stats),
    sizeBytes: stats.size % OVER_32_BITS,
  };
}

/** The sum in which Node makes one number of the two that the system gives, so that equal times are equal numbers. */
export const timeOf = (seconds: number, nanoseconds: number): number => seconds * 1000 + nanoseconds / 1_000_000;

function gitModeOf(stats: Stats): number {
  if (stats.isSymbolicLink()) return LINK_MODE;
  return (stats.mode & 0o100) === 0 ? 0o100644 : 0o100755;
}

export const isSameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.ctimeMs === b.ctimeMs &&
  a.mtimeMs === b.mtimeMs &&
  a.inode === b.inode &&
  a.mode === b.mode &&
  a.sizeBytes === b.sizeBytes;
