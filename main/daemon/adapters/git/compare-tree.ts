import { type BytePath, foldersAbove, isWithin } from './byte-path.ts';
import { isSameStamp } from './file-stamp.ts';
import { GITLINK_MODE, type IndexEntry, type IndexFile } from './index-file.ts';
import type { Survey } from './survey-tree.ts';
import type { Brought } from './worktree-memory.ts';

/** How a folder differs from what an index remembers of it. */
export interface TreeDifference {
  /** In the index, and no longer a file on disk. */
  readonly removed: readonly BytePath[];
  /** In the index and on disk, with other times, size or mode. */
  readonly changed: readonly BytePath[];
  /** Looks the same, but was touched so close to the writing of the index that only its content can tell. */
  readonly doubtful: readonly BytePath[];
  /** On disk and not in the index. */
  readonly unknown: readonly BytePath[];
}

export interface Comparison {
  readonly index: IndexFile;
  readonly survey: Survey;
  /** How long before the index was written a change may have gone unseen. A tick of the kernel's clock is up to 10 ms. */
  readonly doubtMs: number;
}

export function compareTree({ index, survey, doubtMs }: Comparison): TreeDifference {
  const removed: BytePath[] = [];
  const changed: BytePath[] = [];
  const doubtful: BytePath[] = [];
  const firstDoubtMs = index.writtenAtMs - doubtMs;
  for (const entry of index.entries.values()) {
    const file = survey.files.get(entry.path);
    if (file === undefined) {
      if (isGone(entry, survey)) removed.push(entry.path);
    } else if (!isSameStamp(entry.stamp, file.stamp)) {
      changed.push(entry.path);
    } else if (file.stamp.ctimeMs >= firstDoubtMs) {
      doubtful.push(entry.path);
    }
  }
  const unknown = [...survey.files.keys()].filter((path) => !index.entries.has(path));
  return { removed, changed, doubtful, unknown };
}

/** Leaves out what is as provisioning left it. */
export function withoutBrought(difference: TreeDifference, survey: Survey, brought: Brought): TreeDifference {
  if (brought.size === 0) return difference;
  const isAsBrought = (path: BytePath): boolean => {
    const then = brought.get(path);
    const now = survey.files.get(path);
    if (then === undefined) return false;
    return then === null ? now === undefined : now !== undefined && isSameStamp(then, now.stamp);
  };
  const others = (paths: readonly BytePath[]) => paths.filter((path) => !isAsBrought(path));
  const { removed, changed, doubtful, unknown } = difference;
  return { removed: others(removed), changed: others(changed), doubtful, unknown: others(unknown) };
}

/** What lies in a folder that we may not read is not gone. Nor is a submodule whose folder is still there or empty. */
function isGone({ path, stamp }: IndexEntry, survey: Survey): boolean {
  if (survey.unreadable.some((unreadable) => isWithin(path, unreadable.path))) return false;
  if (stamp.mode !== GITLINK_MODE) return true;
  return !survey.folders.has(path) || holdsPlainFiles(path, survey);
}

/** A submodule's folder that holds files but no repository: the files count, the submodule gives way. */
function holdsPlainFiles(folder: BytePath, survey: Survey): boolean {
  if (survey.nested.includes(folder)) return false;
  return [...survey.files.keys()].some((path) => path !== folder && isWithin(path, folder));
}

/** Every folder that holds something the index knows. */
export function trackedFolders(index: IndexFile): ReadonlySet<BytePath> {
  const folders = new Set<BytePath>();
  let lastFolder = '';
  for (const { path, stamp } of index.entries.values()) {
    if (stamp.mode === GITLINK_MODE) continue;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (folder === lastFolder) continue;
    lastFolder = folder;
    for (const above of foldersAbove(path)) folders.add(above);
  }
  return folders;
}
