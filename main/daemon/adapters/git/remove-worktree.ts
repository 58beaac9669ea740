import { lstat, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { assertNever, err, ok, type Result } from '../../../../contract/result.ts';
import { errorCodeOf } from './error-code.ts';
import { findLostRefs } from './find-lost-refs.ts';
import { findUnsaved, type SavedState } from './find-unsaved.ts';
import { attemptWithFiles, type GitFailure } from './git-failure.ts';
import { readRegularText } from './read-regular-file.ts';
import { removeTree } from './remove-tree.ts';
import type { Repository } from './repository.ts';
import type { RepositoryLock } from './repository-lock.ts';
import {
  type KnownWorktree,
  lockReasonOf,
  type Worktree,
  type WorktreePlace,
  writeWorktree,
} from './worktree-record.ts';

export interface RemoveWorktree {
  readonly repository: Repository;
  readonly lock: RepositoryLock;
  readonly worktree: KnownWorktree;
  readonly proof: RemovalProof;
  readonly signal?: AbortSignal | undefined;
}

/** Why nothing is lost when the worktree goes. */
export type RemovalProof =
  | { readonly kind: 'salvaged'; readonly salvage: SavedState }
  /** A person said so, knowing what is not saved. */
  | { readonly kind: 'released' };

export interface RemovalRefusal {
  readonly code: 'not_salvaged' | 'changed_since_salvage' | 'not_ours';
  readonly message: string;
}

/**
 * Removes a worktree of ours: the folder by our own name for it, never by what a file in it says; then git's folder for
 * it, if it is provably ours. No `git worktree prune`, which would also drop worktrees of the user that are on a disk
 * just not there. The folder is renamed before it is emptied, so that a half-emptied one is never taken for work. Can be
 * called again after a crash at any point.
 */
export async function removeWorktree(request: RemoveWorktree): Promise<Result<void, RemovalRefusal | GitFailure>> {
  const { repository, worktree } = request;
  if (holdsRepository(worktree.path, repository)) {
    return refused('not_ours', `${worktree.path} holds the repository itself; its record was tampered with`);
  }
  return attemptWithFiles('remove worktree', worktree.path, async () => {
    const proven = worktree.state === 'ready' ? await proveAndMark(request, worktree) : ok(undefined);
    if (proven.ok) await discardWorktree(request);
    return proven;
  });
}

async function proveAndMark(
  request: RemoveWorktree,
  worktree: Worktree,
): Promise<Result<void, RemovalRefusal | GitFailure>> {
  const proven = await prove(request);
  if (proven.ok) await writeWorktree({ ...worktree, state: 'removing' });
  return proven;
}

async function prove({
  repository,
  worktree,
  proof,
  signal,
}: RemoveWorktree): Promise<Result<void, RemovalRefusal | GitFailure>> {
  switch (proof.kind) {
    case 'released':
      return ok(undefined);
    case 'salvaged': {
      if (proof.salvage.keepWorktree)
        return refused('not_salvaged', `${worktree.path} holds work that is nowhere else`);
      const lost = await findLostRefs(repository, proof.salvage.refs);
      if (!lost.ok) return lost;
      if (lost.value[0] !== undefined)
        return refused('not_salvaged', `${lost.value[0]} does not name the saved work any more; save it again`);
      const unsaved = await findUnsaved({ worktree, repository, salvage: proof.salvage, signal });
      if (!unsaved.ok) return unsaved;
      const [first, ...more] = unsaved.value;
      if (first === undefined) return ok(undefined);
      const others = more.length === 0 ? '' : ` and ${more.length} more`;
      return refused('changed_since_salvage', `changed after it was saved: ${first}${others}; save it again`);
    }
    default:
      return assertNever(proof);
  }
}

const holdsRepository = (path: string, { root, commonDir, privateDir }: Repository): boolean =>
  [root, commonDir, privateDir].some((kept) => !relative(path, kept).startsWith('..'));

const refused = (code: RemovalRefusal['code'], message: string): Result<never, RemovalRefusal> =>
  err({ code, message });

/** Removes what there is of a worktree, without asking. Only for one in which nobody worked, or whose work is saved. */
export async function discardWorktree({
  repository,
  lock,
  worktree,
}: {
  readonly repository: Repository;
  readonly lock: RepositoryLock;
  readonly worktree: WorktreePlace;
}): Promise<void> {
  const trash = join(dirname(worktree.path), `.${basename(worktree.path)}.removing`);
  await removeTree(trash);
  await moveAway(worktree.path, trash);
  await removeTree(trash);
  await lock.hold(repository.commonDir, () => removeAdminDirs(repository, worktree));
  await removeTree(worktree.privateDir);
  repository.memory.delete(worktree.privateDir);
}

async function moveAway(path: string, trash: string): Promise<void> {
  try {
    await rename(path, trash);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Git's folder for a worktree is ours when its lock names ours, or when it leads to our path. All are looked through:
 * a crash while making the worktree leaves no note of which it is.
 */
async function removeAdminDirs(repository: Repository, worktree: WorktreePlace): Promise<void> {
  const parent = join(repository.commonDir, 'worktrees');
  for (const name of await namesIn(parent)) {
    const adminDir = join(parent, name);
    if (await isAdminDirOf(adminDir, worktree)) await removeTree(adminDir);
  }
}

async function isAdminDirOf(adminDir: string, worktree: WorktreePlace): Promise<boolean> {
  if (!(await lstat(adminDir)).isDirectory()) return false;
  const reason = await readRegularText(join(adminDir, 'locked'));
  if (reason.trim() === lockReasonOf(worktree)) return true;
  return (await readRegularText(join(adminDir, 'gitdir'))).trim() === join(worktree.path, '.git');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
