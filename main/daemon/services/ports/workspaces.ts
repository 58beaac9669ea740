import type { Refusal } from '../../../../contract/errors.ts';
import type { CommitHash, Provisioning, SalvageRecord } from '../../../../contract/records.ts';
import type { Result } from '../../../../contract/result.ts';
import type { AttemptPlace } from './attempt-place.ts';
import type { Problem } from './problem.ts';
import type { AddedVariables } from './processes.ts';

export interface CreatedWorktree {
  readonly path: string;
  /** What is true of the worktree and worth knowing: LFS pointers, submodules that are not checked out. */
  readonly notes: readonly string[];
}

/** What was kept of a worktree, and what its change is. */
export interface SalvagedWork {
  readonly record: SalvageRecord;
  readonly filesChanged: readonly string[];
  /** Old and new names of renames, for path rules. */
  readonly touchedPaths: readonly string[];
  /** Whatever could not be kept for a reason other than a declared size limit. */
  readonly losses: readonly string[];
  /** The patch holds bytes in packed form. */
  readonly hasBinaryChanges: boolean;
  /** The folder of the worktree was not there: of what was not committed nobody knows anything. */
  readonly isFolderGone: boolean;
  /** Files that stay only in the kept worktree because they exceed a declared limit. */
  readonly overLimit: readonly string[];
}

/** Git and file work on one attempt's worktree. Every method names one attempt; none of them runs an executor. */
export interface Workspaces {
  /** The commit a `base_ref` names now, or did up to `maxAgeMs` ago; null means the repository's HEAD. */
  resolveBase(ref: string | null, freshness: { readonly maxAgeMs: number }): Promise<Result<CommitHash, Refusal>>;
  /** `work`: of an earlier attempt on the same base, whose changes are there again, uncommitted. */
  create(place: AttemptPlace, base: CommitHash, work: CommitHash | null): Promise<Result<CreatedWorktree, Problem>>;
  provision(
    place: AttemptPlace,
    run: { readonly env: Readonly<Record<string, string>>; readonly mark: string; readonly signal: AbortSignal },
  ): Promise<Result<Provisioning, { readonly provisioning: Provisioning; readonly sentence: string }>>;
  /** Variables with which a program's own git leaves out what provisioning brought. */
  environment(place: AttemptPlace): Promise<Readonly<Record<string, string>>>;
  /** Saves everything. Safe to call again after a crash at any point of an earlier call. */
  salvage(place: AttemptPlace, secretsIn: AddedVariables): Promise<Result<SalvagedWork, Problem>>;
  /** A further commit for what validations changed in the tree. Null when they changed nothing. */
  salvageAfterValidations(
    place: AttemptPlace,
    earlier: SalvageRecord,
    secretsIn: AddedVariables,
  ): Promise<Result<SalvageRecord | null, Problem>>;
  /**
   * Removes the worktree. Refuses while a live process is in it, and when it holds what the salvage does not. A missing
   * worktree is removed already.
   */
  remove(place: AttemptPlace, salvage: SalvageRecord): Promise<Result<void, Problem>>;
  /** Whether somebody may have worked in a worktree of this attempt. */
  exists(place: AttemptPlace): Promise<boolean>;
  /** Where an attempt works: what the record says, else a folder of its own. */
  pathOf(place: AttemptPlace): string;
  /** Where a worktree that was recorded there would be now: the same path, unless the repository was moved. */
  pathAgain(recordedPath: string): string;
  /** Where a path really leads in a worktree, relative to it; null: out of it. `from` is the folder of a relative path. */
  pathWithin(worktreePath: string, path: { readonly path: string; readonly from: string }): Promise<string | null>;
  /** Every name of the place that a path leads to: relative to the worktree, or absolute. */
  pathNames(worktreePath: string, path: { readonly path: string; readonly from: string }): Promise<readonly string[]>;
  /** Where a worktree is that was recorded there: somewhere else, when the repository was moved with it. */
  whereIs(place: AttemptPlace, recordedPath: string): string;
  /** The attempts whose worktrees are on disk now. */
  list(): Promise<readonly AttemptPlace[]>;
  /** Lets go of what was kept: refs and a kept worktree. There is no way back. */
  release(place: AttemptPlace, salvage: SalvageRecord): Promise<Result<void, Problem>>;
  /** The commands with which a person brings kept work back. */
  restoreCommands(place: AttemptPlace, salvage: SalvageRecord): readonly string[];
}
