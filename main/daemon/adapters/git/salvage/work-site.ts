import { copyFile, lstat } from 'node:fs/promises';
import { ok, type Result } from '../../../../../contract/result.ts';
import { errorCodeOf } from '../error-code.ts';
import { DOUBT_NS } from '../find-unsaved.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, type IndexFile, readIndexFile } from '../index-file.ts';
import { objectIdBytesOf } from '../object-format.ts';
import { readRegularText } from '../read-regular-file.ts';
import { openRoom } from '../repository.ts';
import { excludeFileOf, pristineIndexOf, salvagedIndexOf } from '../worktree-record.ts';
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
  const exclude = await readRegularText(excludeFileOf(worktree));
  const isThere = await isFolder(path);
  const room = await openRoom(repository, {
    worktree: isThere ? path : repository.root,
    head: base,
    conversion: 'raw',
    exclude,
    signal,
  });
  const site = { room, root: path, objectFormat: repository.objectFormat, limits: limits ?? DEFAULT_LIMITS, signal };
  const commit = isFirst ? base : start.commit;
  const source = isFirst ? pristineIndexOf(worktree) : salvagedIndexOf(worktree);
  const before = await takeIndex(site, { source, commit });
  if (before.ok) return ok({ ...site, before: before.value, doubtNs: isFirst ? 0n : DOUBT_NS });
  await room.dispose();
  return before;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** A copy for the room. Without a memory of the files each is read again, which is slow and right. */
async function takeIndex(
  { room, objectFormat }: Pick<WorkSite, 'room' | 'objectFormat'>,
  { source, commit }: { readonly source: string; readonly commit: string },
): Promise<Result<IndexFile, GitFailure>> {
  const remembered = await readIndexFile(source, objectIdBytesOf(objectFormat));
  if (remembered !== null) {
    await copyFile(source, room.indexFile);
    return ok(remembered);
  }
  const read = await room.runApart({ args: ['read-tree', commit] });
  if (!read.ok) return read;
  return ok((await readIndexFile(room.indexFile, objectIdBytesOf(objectFormat))) ?? EMPTY_INDEX);
}

/** Asks only where attributes may have made the checked-out bytes other than the committed ones. */
export async function findUntouchedIn(
  { repository, worktree, signal }: SalvageRequest,
  after: IndexFile,
): Promise<Result<Untouched, GitFailure>> {
  const { objectFormat } = repository;
  const { path: root, base } = worktree;
  const known = await readIndexFile(pristineIndexOf(worktree), objectIdBytesOf(objectFormat));
  if (known !== null && !mayConvert(known, after)) return ok(new Map());
  const room = await openRoom(repository, { worktree: root, head: base, conversion: 'recorded', exclude: '', signal });
  try {
    const pristine = await takeIndex({ room, objectFormat }, { source: pristineIndexOf(worktree), commit: base });
    if (!pristine.ok || !mayConvert(pristine.value, after)) return pristine.ok ? ok(new Map()) : pristine;
    const paths = rewrittenFiles(pristine.value, after);
    const untouched = await findUntouched({ room, root, objectFormat, paths });
    if (!untouched.ok) return untouched;
    return ok(new Map(untouched.value.map((path) => [path, pristine.value.entries.get(path)?.objectId ?? ''])));
  } finally {
    await room.dispose();
  }
}

const mayConvert = (pristine: IndexFile, after: IndexFile): boolean =>
  convertsFiles(pristine) && rewrittenFiles(pristine, after).length > 0;
