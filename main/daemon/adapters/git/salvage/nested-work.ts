import type { BytePath } from '../byte-path.ts';
import { textOfPath } from '../path-text.ts';
import type { NotSaved, Salvage, SavedBundle } from './salvage-result.ts';

/** What became of the repositories below a folder. */
export interface NestedWork {
  readonly bundles: readonly SavedBundle[];
  /** Commits in the repository itself that need a ref. */
  readonly unpinned: readonly string[];
  readonly innerWorktrees: Salvage['innerWorktrees'];
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
  /** HEAD of each repository that has one, by its folder. */
  readonly heads: ReadonlyMap<BytePath, string>;
  /** The git directories that were read. */
  readonly gitDirs: ReadonlySet<string>;
}

export const NO_NESTED: NestedWork = {
  bundles: [],
  unpinned: [],
  innerWorktrees: [],
  notSaved: [],
  cachesListed: [],
  heads: new Map(),
  gitDirs: new Set(),
};

export const mergeNested = (a: NestedWork, b: NestedWork): NestedWork => ({
  bundles: [...a.bundles, ...b.bundles],
  unpinned: [...a.unpinned, ...b.unpinned],
  innerWorktrees: [...a.innerWorktrees, ...b.innerWorktrees],
  notSaved: [...a.notSaved, ...b.notSaved],
  cachesListed: [...a.cachesListed, ...b.cachesListed],
  heads: new Map([...a.heads, ...b.heads]),
  gitDirs: new Set([...a.gitDirs, ...b.gitDirs]),
});

/** The worktree's own folder is `.` to people. */
export const placeOf = (path: BytePath): string => (path === '' ? '.' : textOfPath(path));

export const nestedNotSaved = (path: BytePath, why: string): NestedWork => ({
  ...NO_NESTED,
  notSaved: [{ path: placeOf(path), code: 'nested_repository', reason: `a repository: ${why}`, keepsWorktree: true }],
});
