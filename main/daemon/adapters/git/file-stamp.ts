import type { BigIntStats } from 'node:fs';

/**
 * What tells whether a file is still the one that git read. Inode and size are the low 32 bits, which is what an index
 * holds; the mode is git's: 0o100644, 0o100755, 0o120000 for a link, 0o160000 for a repository.
 */
export interface FileStamp {
  readonly ctimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly inode: number;
  readonly mode: number;
  readonly sizeBytes: number;
}

export const LINK_MODE = 0o120000;
const LOW_32_BITS = 0xffff_ffffn;

export function stampOf(stats: BigIntStats): FileStamp {
  return {
    ctimeNs: stats.ctimeNs,
    mtimeNs: stats.mtimeNs,
    inode: Number(stats.ino & LOW_32_BITS),
    mode: gitModeOf(stats),
    sizeBytes: Number(stats.size & LOW_32_BITS),
  };
}

function gitModeOf(stats: BigIntStats): number {
  if (stats.isSymbolicLink()) return LINK_MODE;
  return (stats.mode & 0o100n) === 0n ? 0o100644 : 0o100755;
}

export const isSameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.ctimeNs === b.ctimeNs &&
  a.mtimeNs === b.mtimeNs &&
  a.inode === b.inode &&
  a.mode === b.mode &&
  a.sizeBytes === b.sizeBytes;
