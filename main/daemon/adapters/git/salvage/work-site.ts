import { lstat, readFile } from 'node:fs/promises';
import { ok, type Result } from '../../../../../contract/result.ts';
import { errorCodeOf } from '../error-code.ts';
import { DOUBT_MS } from '../find-unsaved.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, readIndexFile } from '../index-file.ts';
import { objectIdBytesOf } from '../object-format.ts';
import { openRoom, type Repository } from '../repository.ts';
import {
  NOTHING_BROUGHT,
  readSealedIndex,
  recall,
  remember,
  type SavedWork,
  type Seal,
  type SealedIndex,
  writeSealed,
} from '../worktree-memory.ts';
import { pristineIndexOf, salvagedIndexOf, type Worktree } from '../worktree-record.ts';
import type { WorkSite } from './capture-work.ts';
import type { Untouched } from './commit-capture.ts';
import { DEFAULT_LIMITS, type SalvageRequest } from './salvage-result.ts';
import { convertsFiles, findUntouched, rewrittenFiles } from './untouched-files.ts';

/** Which memory of the files a salvage starts from: as checked out, or as the last salvage saved them in a commit. */
export type StartingPoint = { readonly from: 'checkout' } | { readonly from: 'salvage'; readonly commit: string };

/** The site of a worktree of ours. */
export interface OwnSite extends WorkSite {
  readonly start: StartingPoint;
  /** The index that it began with; null when that was not to be believed, and was made anew from the commit. */
  readonly begunWith: SealedIndex | null;
}

/** Opens a room on a worktree. The caller disposes of it. */
export async function openSite(
  { repository, worktree, limits, signal }: SalvageRequest,
  start: StartingPoint,
): Promise<Result<OwnSite, GitFailure>> {
  const { path, base } = worktree;
  const { objectFormat } = repository;
  const known = recall(repository, worktree);
  const isFirst = start.from === 'checkout';
  const begunWith = isFirst
    ? await readSealedIndex(pristineIndexOf(worktree), known?.pristine, objectIdBytesOf(objectFormat))
    : await readSealedIndex(salvagedIndexOf(worktree), known?.saved?.index, objectIdBytesOf(objectFormat));
  const room = {
    worktree: (await isFolder(path)) ? path : repository.root,
    head: base,
    conversion: 'raw',
    exclude: repository.excludes,
    signal,
  } as const;
  const taken = await takeIndex(repository, { ...room, begunWith, commit: isFirst ? base : start.commit });
  if (!taken.ok) return taken;
  const brought = known?.brought ?? NOTHING_BROUGHT;
  const doubtMs = isFirst ? 0 : DOUBT_MS;
  const rest = { root: path, objectFormat, doubtMs, brought, limits: limits ?? DEFAULT_LIMITS, signal };
  return ok({ ...taken.value, ...rest, start, begunWith });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

type IndexPlan = Omit<Parameters<typeof openRoom>[1], 'index'> & {
  readonly begunWith: SealedIndex | null;
  /** What that index would hold, could it be believed. */
  readonly commit: string;
};

/** A room with an index. Without a memory of the files each is read again, which is slow and right. */
async function takeIndex(
  repository: Repository,
  { begunWith, commit, ...plan }: IndexPlan,
): Promise<Result<Pick<WorkSite, 'room' | 'before'>, GitFailure>> {
  const room = openRoom(repository, { ...plan, index: begunWith?.bytes ?? null });
  if (begunWith !== null) return ok({ room, before: begunWith.index });
  const read = await room.runApart({ args: ['read-tree', commit] });
  const before = read.ok ? await readIndexFile(room.indexFile, objectIdBytesOf(repository.objectFormat)) : null;
  if (read.ok) return ok({ room, before: before ?? EMPTY_INDEX });
  await room.dispose();
  return read;
}

/** What the room's index knows of the files now, or what it began with, is what the next look compares with. */
export async function keepIndex(
  { room, begunWith, start }: OwnSite,
  { repository, worktree }: Pick<SalvageRequest, 'repository' | 'worktree'>,
  work: SavedWork | null,
): Promise<void> {
  const index = await sealKnown();
  remember(repository, worktree, { saved: { index, work } });

  async function sealKnown(): Promise<Seal> {
    const unchanged =
      start.from === 'salvage' && !room.isUsed() ? recall(repository, worktree)?.saved?.index : undefined;
    if (unchanged !== undefined) return unchanged;
    const bytes = room.isUsed() || begunWith === null ? await readFile(room.indexFile) : begunWith.bytes;
    return writeSealed(salvagedIndexOf(worktree), bytes);
  }
}

/** Asks only where attributes may have made the checked-out bytes other than the committed ones. */
export async function findUntouchedIn(
  { repository, worktree, signal }: SalvageRequest,
  site: OwnSite,
  after: WorkSite['before'],
): Promise<Result<Untouched, GitFailure>> {
  const { objectFormat } = repository;
  const { path: root, base } = worktree;
  const begunWith = await asCheckedOut(repository, worktree, site);
  const plan = { worktree: root, head: base, conversion: 'recorded', exclude: '', signal } as const;
  const taken = await takeIndex(repository, { ...plan, begunWith, commit: base });
  if (!taken.ok) return taken;
  const { room, before } = taken.value;
  try {
    const paths = convertsFiles(before) ? rewrittenFiles(before, after) : [];
    const untouched = paths.length === 0 ? ok([]) : await findUntouched({ room, root, objectFormat, paths });
    if (!untouched.ok) return untouched;
    return ok(new Map(untouched.value.map((path) => [path, before.entries.get(path)?.objectId ?? ''])));
  } finally {
    await room.dispose();
  }
}

async function asCheckedOut(repository: Repository, worktree: Worktree, site: OwnSite): Promise<SealedIndex | null> {
  if (site.start.from === 'checkout') return site.begunWith;
  const seal = recall(repository, worktree)?.pristine;
  return readSealedIndex(pristineIndexOf(worktree), seal, objectIdBytesOf(repository.objectFormat));
}
