import type { Repository } from '../repository.ts';
import type { Worktree } from '../worktree-record.ts';

export interface SalvageRequest {
  readonly repository: Repository;
  readonly worktree: Worktree;
  /** The ref that will name the work, such as `refs/codencer/<run>/<step>/<attempt>`. */
  readonly ref: string;
  /** An existing folder for `diff.patch`, `changed-files.json` and bundles. */
  readonly directory: string;
  /** The time that the commits bear. */
  readonly atMs: number;
  readonly limits?: SalvageLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SalvageLimits {
  /** Folders that can be made again: where they are ignored, they are listed and not kept. */
  readonly cacheNames: readonly string[];
  /** A tracked or untracked file that is larger is not saved. */
  readonly fileBytes: number;
  /** Tracked and untracked files that changed are not saved beyond this sum, the smallest first. */
  readonly totalBytes: number;
  /** An ignored file that is larger is not saved. */
  readonly ignoredFileBytes: number;
  /** Ignored files beyond this sum are not saved. */
  readonly ignoredTotalBytes: number;
}

export const DEFAULT_LIMITS: SalvageLimits = {
  cacheNames: [
    'node_modules',
    '.venv',
    'venv',
    '__pycache__',
    '.cache',
    'target',
    '.gradle',
    '.next',
    '.turbo',
    '.pnpm-store',
  ],
  fileBytes: 1024 ** 3,
  totalBytes: 4 * 1024 ** 3,
  ignoredFileBytes: 10 * 1024 * 1024,
  ignoredTotalBytes: 200 * 1024 * 1024,
};

/** Where everything that an attempt made is now. Paths are texts as `path-text.ts` writes them. */
export interface Salvage {
  readonly base: string;
  /** The agent's own HEAD; the base when it made no commit. */
  readonly head: string;
  /** Tracked and untracked files; the agent's HEAD when nothing was uncommitted. Null when nothing changed at all. */
  readonly treeCommit: string | null;
  /** Ignored files, on top of the other. */
  readonly ignoredCommit: string | null;
  readonly refs: readonly SalvageRef[];
  /** Between the base and `treeCommit`. */
  readonly changedFiles: readonly ChangedFile[];
  /** Null when nothing changed. */
  readonly patchPath: string | null;
  readonly changedFilesPath: string;
  readonly bundles: readonly SavedBundle[];
  /** Further worktrees of the repository that were in this one: the commit that holds the files of each. */
  readonly innerWorktrees: readonly { readonly path: string; readonly commit: string }[];
  readonly cachesListed: readonly { readonly path: string; readonly bytes: number }[];
  readonly notSaved: readonly NotSaved[];
  /** Something is nowhere but in the worktree. */
  readonly keepWorktree: boolean;
}

export interface SalvageRef {
  readonly name: string;
  readonly commit: string;
  readonly holds: 'work' | 'lost-commits';
}

export interface ChangedFile {
  readonly path: string;
  /** Of a renamed file. */
  readonly oldPath?: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'type-changed';
  /** As git writes them: `100644`, `100755`, `120000`, `160000`, and `000000` for a file that is not there. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Null for binary files. */
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly isBinary: boolean;
  /** Of the new content; null when there is none, or when it is a repository. */
  readonly sizeBytes: number | null;
}

export interface SavedBundle {
  /** The folder of the repository, `.` for the worktree's own. */
  readonly path: string;
  readonly file: string;
  /** Beside the bundle of a shallow clone: the commits where its history ends. */
  readonly shallowFile: string | null;
  /** What to check out of it: the ref of what was not committed, or else HEAD. Null when it has neither. */
  readonly start: string | null;
  /** Two bundles with the same one hold the same. */
  readonly fingerprint: string;
}

export interface NotSaved {
  readonly path: string;
  readonly code: NotSavedCode;
  /** One sentence. */
  readonly reason: string;
  /** False for what holds no data, such as a socket. */
  readonly keepsWorktree: boolean;
}

export type NotSavedCode =
  | 'unreadable'
  | 'changing'
  | 'name_refused'
  | 'over_file_limit'
  | 'over_total_limit'
  | 'too_large'
  | 'objects_elsewhere'
  | 'special_file'
  | 'nested_repository'
  | 'staged_content';

/** What validations, or whoever came after the first salvage, changed. */
export interface FurtherSalvage {
  /** Null when nothing changed since. */
  readonly commit: string | null;
  readonly changedFiles: readonly ChangedFile[];
  readonly refs: readonly SalvageRef[];
  readonly bundles: readonly SavedBundle[];
  readonly innerWorktrees: Salvage['innerWorktrees'];
  readonly cachesListed: Salvage['cachesListed'];
  readonly notSaved: readonly NotSaved[];
  readonly keepWorktree: boolean;
}
