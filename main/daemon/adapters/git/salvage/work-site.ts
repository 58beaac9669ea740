import { copyFile, lstat } from 'node:fs/promises';
import { ok, type Result } from '../../../../../contract/result.ts';
import { errorCodeOf } from '../error-code.ts';
import { DOUBT_MS } from '../find-unsaved.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, type IndexFile, readIndexFile } from '../index-file.ts';
import { objectIdBytesOf } from '../object-format.ts';
import { readRegularText } from '../read-regular-file.ts';
import { openRoom, type Repository } from '../repository.ts';
import { excludeFileOf, pristineIndexOf, salvagedIndexOf, type Worktree } from '../worktree-record.ts';
import type { WorkSite } from './capture-work.ts';
import type { Untouched } from './commit-capture.ts';
import { DEFAULT_LIMITS, type SalvageRequest } from './salvage-result.ts';
import { convertsFiles, findUntouched, rewrittenFiles } from './untouched-files.ts';

/** Which memory of the files a salvage starts from: as checked out, or as the last salvage saved them in a commit. */
export type StartingPoint = { readonly from: 'checkout' } | { readonly from: 'salvage'; readonly commit: string };

/** Opens a room on a worktree. The caller disposes of it. */
export async function openSite(
  { repository, worktree, limits, signal }: SalvageRequest,
  start: StartingPoint,
): Promise<Result<WorkSite, GitFailure>> {
  const { path, base } = worktree;
  const isFirst = start.from === 'checkout';
  const room = {
    worktree: (await isFolder(path)) ? path : repository.root,
    head: base,
    conversion: 'raw',
    exclude: await readRegularText(excludeFileOf(worktree)),
    signal,
  } as const;
  const taken = await takeIndex(repository, {
    ...room,
    source: isFirst ? pristineIndexOf(worktree) : salvagedIndexOf(worktree),
    commit: isFirst ? base : start.commit,
  });
  if (!taken.ok) return taken;
  const { objectFormat } = repository;
  const doubtMs = isFirst ? 0 : DOUBT_MS;
  return ok({ ...taken.value, root: path, objectFormat, doubtMs, limits: limits ?? DEFAULT_LIMITS, signal });
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
  /** The index to begin with. */
  readonly source: string;
  /** What it would hold, were it there. */
  readonly commit: string;
};

/** A room with an index. Without a memory of the files each is read again, which is slow and right. */
async function takeIndex(
  repository: Repository,
  { source, commit, ...plan }: IndexPlan,
): Promise<Result<Pick<WorkSite, 'room' | 'before'>, GitFailure>> {
  const objectIdBytes = objectIdBytesOf(repository.objectFormat);
  const remembered = await readIndexFile(source, objectIdBytes);
  const room = openRoom(repository, { ...plan, index: remembered === null ? null : source });
  if (remembered !== null) return ok({ room, before: remembered });
  const read = await room.runApart({ args: ['read-tree', commit] });
  const before = read.ok ? await readIndexFile(room.indexFile, objectIdBytes) : null;
  if (read.ok) return ok({ room, before: before ?? EMPTY_INDEX });
  await room.dispose();
  return read;
}

/** What the room's index knows of the files now, or what it began with, is what the next look compares with. */
export async function keepIndex({ room }: WorkSite, worktree: Worktree, begunWith: string): Promise<void> {
  const known = room.isUsed() ? room.indexFile : begunWith;
  if (known !== salvagedIndexOf(worktree)) await copyFile(known, salvagedIndexOf(worktree));
}

/** Asks only where attributes may have made the checked-out bytes other than the committed ones. */
export async function findUntouchedIn(
  { repository, worktree, signal }: SalvageRequest,
  after: IndexFile,
): Promise<Result<Untouched, GitFailure>> {
  const { objectFormat } = repository;
  const { path: root, base } = worktree;
  const plan = { worktree: root, head: base, conversion: 'recorded', exclude: '', signal } as const;
  const taken = await takeIndex(repository, { ...plan, source: pristineIndexOf(worktree), commit: base });
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
