import { lstatSync } from 'node:fs';
import { ok, type Result } from '../../../../contract/result.ts';
import { absoluteOf, type BytePath, isWithin } from './byte-path.ts';
import { compareTree, type TreeDifference, trackedFolders, withoutBrought } from './compare-tree.ts';
import type { GitFailure } from './git-failure.ts';
import { hashFile } from './hash-file.ts';
import { EMPTY_INDEX, type IndexFile, readIndexFile } from './index-file.ts';
import { objectIdBytesOf } from './object-format.ts';
import { pathOfText, textOfPath } from './path-text.ts';
import { openRoom, type Repository } from './repository.ts';
import { DEFAULT_LIMITS, type SalvageRef } from './salvage/salvage-result.ts';
import { type Survey, surveyTree } from './survey-tree.ts';
import { NOTHING_BROUGHT, readSealedIndex, recall } from './worktree-memory.ts';
import { salvagedIndexOf, type WorktreePlace } from './worktree-record.ts';

/** What the last salvage said, as far as clean-up needs it. */
export interface SavedState {
  readonly keepWorktree: boolean;
  readonly cachesListed: readonly { readonly path: string }[];
  readonly refs: readonly SalvageRef[];
}

/** A tick of the kernel's clock is up to 10 ms: a change so close to the last look need not show in the times. */
export const DOUBT_MS = 20;

export interface UnsavedQuestion {
  readonly worktree: WorktreePlace;
  readonly repository: Repository;
  readonly salvage: SavedState;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The files of a worktree that are not as the last salvage saved them. Takes no process as long as this daemon made that
 * salvage itself: times, sizes and inodes are compared in nanoseconds, and content where times cannot tell. Otherwise
 * every file is compared with the commit. What was only removed since is no loss.
 */
export async function findUnsaved(question: UnsavedQuestion): Promise<Result<readonly string[], GitFailure>> {
  const { worktree, repository, salvage, signal } = question;
  if (!isFolder(worktree.path)) return ok([]);
  const known = recall(repository, worktree);
  if (known?.saved === null) return ok([worktree.path]);
  const memory = await readMemory(question);
  if (!memory.ok) return memory;
  const { index, isSealed } = memory.value;
  const caches = new Set(salvage.cachesListed.map(({ path }) => pathOfText(path)));
  const tracked = trackedFolders(index);
  const surveyed = await surveyTree({
    root: worktree.path,
    isCache: (folder) => caches.has(folder) && !tracked.has(folder),
    entersNested: (folder) => tracked.has(folder),
    signal,
  });
  if (!surveyed.ok) return surveyed;
  const survey = surveyed.value;
  const brought = known?.brought ?? NOTHING_BROUGHT;
  const difference = withoutBrought(compareTree({ index, survey, doubtMs: DOUBT_MS }), survey, brought);
  const place = { root: worktree.path, index, objectFormat: repository.objectFormat };
  const changed = isSealed ? await findTouched(place, difference) : await findDiffering(place, survey, difference);
  const added = difference.unknown.filter((path) => ![...caches].some((cache) => isWithin(path, cache)));
  return ok([...changed, ...added].map(textOfPath));
}

interface IndexedFolder {
  readonly root: string;
  readonly index: IndexFile;
  readonly objectFormat: Repository['objectFormat'];
}

async function readMemory({
  worktree,
  repository,
  salvage,
  signal,
}: UnsavedQuestion): Promise<Result<{ readonly index: IndexFile; readonly isSealed: boolean }, GitFailure>> {
  const objectIdBytes = objectIdBytesOf(repository.objectFormat);
  const seal = recall(repository, worktree)?.saved?.index;
  const sealed = await readSealedIndex(salvagedIndexOf(worktree), seal, objectIdBytes);
  if (sealed !== null) return ok({ index: sealed.index, isSealed: true });
  const commit = salvage.refs.find(({ holds }) => holds === 'work')?.commit ?? worktree.base;
  const plan = { worktree: worktree.path, head: commit, conversion: 'raw', exclude: '', index: null, signal } as const;
  const room = openRoom(repository, plan);
  try {
    const read = await room.runApart({ args: ['read-tree', commit] });
    if (!read.ok) return read;
    return ok({ index: (await readIndexFile(room.indexFile, objectIdBytes)) ?? EMPTY_INDEX, isSealed: false });
  } finally {
    await room.dispose();
  }
}

async function findTouched(place: IndexedFolder, { changed, doubtful }: TreeDifference): Promise<readonly BytePath[]> {
  return [...changed, ...(await findDeceptive(place, doubtful))];
}

/** Of files that were compared without times, those with other bytes or another mode. */
async function findDiffering(
  place: IndexedFolder,
  { files }: Survey,
  { changed, doubtful }: TreeDifference,
): Promise<readonly BytePath[]> {
  const alike = [...changed, ...doubtful].filter((path) => {
    const file = files.get(path);
    const mode = place.index.entries.get(path)?.stamp.mode;
    return file !== undefined && file.stamp.mode === mode && file.sizeBytes <= DEFAULT_LIMITS.fileBytes;
  });
  const same = new Set(alike);
  for (const path of await findDeceptive(place, alike)) same.delete(path);
  return [...changed, ...doubtful].filter((path) => !same.has(path));
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Of files that look untouched, those whose bytes are others than the index says. */
export async function findDeceptive(
  { root, index, objectFormat }: IndexedFolder,
  doubtful: readonly BytePath[],
): Promise<readonly BytePath[]> {
  const deceptive: BytePath[] = [];
  for (const path of doubtful) {
    const objectId = await hashFile(absoluteOf(root, path), objectFormat);
    if (objectId !== index.entries.get(path)?.objectId) deceptive.push(path);
  }
  return deceptive;
}
