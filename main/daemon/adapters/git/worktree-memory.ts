import { createHash, randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import type { BytePath } from './byte-path.ts';
import type { FileStamp } from './file-stamp.ts';
import { type IndexFile, parseIndexFile } from './index-file.ts';
import { readRegularFile } from './read-regular-file.ts';
import type { WorktreePlace } from './worktree-record.ts';

/**
 * What this process itself knows of a worktree. An executor has the rights of the user and can write every file of ours
 * on disk; it cannot write here. After a restart nothing is known, and then nothing that lies on disk is believed.
 */
export interface RememberedWorktree {
  /** Git's own folder for it. */
  readonly adminDir: string;
  readonly pristine: Seal;
  readonly brought: Brought;
  /** What the last salvage saved; null when there was none. */
  readonly saved: { readonly index: Seal; readonly work: SavedWork | null } | null;
}

/** What a salvage put under the ref of the work. */
export interface SavedWork {
  readonly ref: string;
  readonly top: string;
  /** Null when nothing is known of its files. */
  readonly topTree: string | null;
  readonly treeCommit: string | null;
  readonly ignoredCommit: string | null;
}

/** By the private folder of each worktree. */
export type WorktreeMemory = Map<string, RememberedWorktree>;

/** What provisioning left on disk, with the stamps that it had then; null for a tracked file that it took away. */
export type Brought = ReadonlyMap<BytePath, FileStamp | null>;

export const NOTHING_BROUGHT: Brought = new Map();

/** What tells whether a file is the one that we wrote. Its time counts: what changed after it is looked at again. */
export interface Seal {
  readonly sha256: string;
  readonly mtimeMs: number;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes a file whose every later reader knows it by the seal. Whatever stands in its place goes, a FIFO unopened. */
export async function writeSealed(file: string, bytes: Uint8Array): Promise<Seal> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, bytes, { mode: 0o600, flag: 'wx' });
  const { mtimeMs } = await stat(draft);
  await rm(file, { recursive: true, force: true });
  await rename(draft, file);
  return { sha256: sha256Of(bytes), mtimeMs };
}

/** An index together with the bytes that it was read from. */
export interface SealedIndex {
  readonly bytes: Buffer;
  readonly index: IndexFile;
}

/** Null when the file is not the one that was sealed, or when nobody here sealed one. */
export async function readSealedIndex(
  file: string,
  seal: Seal | undefined,
  objectIdBytes: number,
): Promise<SealedIndex | null> {
  if (seal === undefined) return null;
  try {
    const [bytes, { mtimeMs }] = await Promise.all([readRegularFile(file), stat(file)]);
    if (bytes === null || mtimeMs !== seal.mtimeMs || sha256Of(bytes) !== seal.sha256) return null;
    const index = parseIndexFile(bytes, { objectIdBytes, writtenAtMs: mtimeMs });
    return index === null ? null : { bytes, index };
  } catch {
    return null; // Gone or made unreadable, which comes to the same: every file is read again.
  }
}

export const recall = (
  { memory }: { readonly memory: WorktreeMemory },
  { privateDir }: Pick<WorktreePlace, 'privateDir'>,
): RememberedWorktree | undefined => memory.get(privateDir);

/** Adds to what is known; of a worktree of which nothing is known nothing becomes known. */
export function remember(
  { memory }: { readonly memory: WorktreeMemory },
  { privateDir }: Pick<WorktreePlace, 'privateDir'>,
  facts: Partial<RememberedWorktree>,
): void {
  const known = memory.get(privateDir);
  if (known !== undefined) memory.set(privateDir, { ...known, ...facts });
}
