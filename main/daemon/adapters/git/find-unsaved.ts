import { lstatSync } from 'node:fs';
import { ok, type Result } from '../../../../contract/result.ts';
import { absoluteOf, type BytePath, isWithin } from './byte-path.ts';
import { compareTree, trackedFolders } from './compare-tree.ts';
import type { GitFailure } from './git-failure.ts';
import { hashFile } from './hash-file.ts';
import { type IndexFile, readIndexFile } from './index-file.ts';
import { objectIdBytesOf } from './object-format.ts';
import { pathOfText, textOfPath } from './path-text.ts';
import type { Repository } from './repository.ts';
import { surveyTree } from './survey-tree.ts';
import { salvagedIndexOf, type WorktreePlace } from './worktree-record.ts';

/** What the last salvage said, as far as clean-up needs it. */
export interface SavedState {
  readonly keepWorktree: boolean;
  readonly cachesListed: readonly { readonly path: string }[];
}

/** A tick of the kernel's clock is up to 10 ms: a change so close to the last look need not show in the times. */
export const DOUBT_MS = 20;

/**
 * The files of a worktree that are not as the last salvage saved them. Takes no process: times, sizes and inodes are
 * compared in nanoseconds, and content where times cannot tell. What was only removed since is no loss.
 */
export async function findUnsaved(request: {
  readonly worktree: WorktreePlace;
  readonly repository: Pick<Repository, 'objectFormat'>;
  readonly salvage: SavedState;
  readonly signal?: AbortSignal | undefined;
}): Promise<Result<readonly string[], GitFailure>> {
  const { worktree, repository, signal } = request;
  if (!isFolder(worktree.path)) return ok([]);
  const index = await readIndexFile(salvagedIndexOf(worktree), objectIdBytesOf(repository.objectFormat));
  if (index === null) return ok([worktree.path]);
  const caches = new Set(request.salvage.cachesListed.map(({ path }) => pathOfText(path)));
  const tracked = trackedFolders(index);
  const surveyed = await surveyTree({
    root: worktree.path,
    isCache: (folder) => caches.has(folder) && !tracked.has(folder),
    entersNested: (folder) => tracked.has(folder),
    signal,
  });
  if (!surveyed.ok) return surveyed;
  const { changed, doubtful, unknown } = compareTree({ index, survey: surveyed.value, doubtMs: DOUBT_MS });
  const deceptive = await findDeceptive({ root: worktree.path, index, ...repository }, doubtful);
  const added = unknown.filter((path) => ![...caches].some((cache) => isWithin(path, cache)));
  return ok([...changed, ...deceptive, ...added].map(textOfPath));
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Of files that look untouched, those whose bytes are others than the index says. */
export async function findDeceptive(
  {
    root,
    index,
    objectFormat,
  }: Pick<Repository, 'objectFormat'> & { readonly root: string; readonly index: IndexFile },
  doubtful: readonly BytePath[],
): Promise<readonly BytePath[]> {
  const deceptive: BytePath[] = [];
  for (const path of doubtful) {
    const objectId = await hashFile(absoluteOf(root, path), objectFormat);
    if (objectId !== index.entries.get(path)?.objectId) deceptive.push(path);
  }
  return deceptive;
}
