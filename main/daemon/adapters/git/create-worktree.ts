import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { CleanRoom } from './clean-room.ts';
import { errorCodeOf } from './error-code.ts';
import { attemptWithFiles, filesRefused, type GitFailure } from './git-failure.ts';
import { discardWorktree } from './remove-worktree.ts';
import { openRoom, type Repository, runInRepository } from './repository.ts';
import type { RepositoryLock } from './repository-lock.ts';
import { retryMomentary } from './retry-momentary.ts';
import { NOTHING_BROUGHT, writeSealed } from './worktree-memory.ts';
import {
  lockReasonOf,
  pristineIndexOf,
  privateDirOf,
  type Worktree,
  type WorktreePlace,
  writeWorktree,
} from './worktree-record.ts';

export interface CreateWorktree {
  readonly repository: Repository;
  readonly lock: RepositoryLock;
  /** Names the worktree among ours; must be safe as a file name. */
  readonly id: string;
  /** Absolute; must not exist yet. Folders above it are made. */
  readonly path: string;
  readonly base: string;
  /** A commit above the base whose changes are put into the worktree, uncommitted. */
  readonly work?: string | null;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a worktree at a commit, with a detached HEAD, in two git commands: one on the list of worktrees under the
 * repository's lock, one in a clean room that writes the files. Whatever fails leaves nothing behind.
 */
export async function createWorktree(request: CreateWorktree): Promise<Result<Worktree, GitFailure>> {
  const { repository, lock, path } = request;
  return attemptWithFiles('create worktree', path, async () => {
    // What lies there is somebody's: it is not ours to remove when making the worktree fails.
    if (await isThere(path)) return err(filesRefused('create worktree', path, `${path} exists already`));
    const place = await prepare(request);
    const made = await attemptWithFiles('create worktree', path, () => make(request, place));
    if (!made.ok) await discardWorktree({ repository, lock, worktree: place });
    return made;
  });
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );

async function prepare({ repository, id, path, base }: CreateWorktree): Promise<WorktreePlace> {
  await mkdir(dirname(path), { recursive: true });
  const realPath = join(await realpath(dirname(path)), basename(path));
  const place = { id, path: realPath, base, privateDir: privateDirOf(repository, id) };
  await writeWorktree({ ...place, state: 'creating' });
  return place;
}

async function make(request: CreateWorktree, place: WorktreePlace): Promise<Result<Worktree, GitFailure>> {
  const adminDir = await register(request, place);
  if (!adminDir.ok) return adminDir;
  const worktree: Worktree = { ...place, state: 'ready', adminDir: adminDir.value };
  const filled = await checkOut(request, worktree);
  if (!filled.ok) return filled;
  await writeWorktree(worktree);
  return ok(worktree);
}

async function register(
  { repository, lock, signal }: CreateWorktree,
  place: WorktreePlace,
): Promise<Result<string, GitFailure>> {
  const args = ['worktree', 'add', '--quiet', '--detach', '--no-checkout', '--lock', '--reason', lockReasonOf(place)];
  const added = await lock.hold(repository.commonDir, () =>
    retryMomentary(
      () => runInRepository(repository, { args: [...args, '--', place.path, place.base], signal }),
      signal,
    ),
  );
  return added.ok ? ok(await readAdminDir(place)) : added;
}

/** Read before anybody else has been in the worktree. */
async function readAdminDir({ path }: WorktreePlace): Promise<string> {
  const link = await readFile(join(path, '.git'), 'utf8');
  return realpath(link.replace(/^gitdir: /, '').trimEnd());
}

async function checkOut(
  { repository, work = null, signal }: CreateWorktree,
  worktree: Worktree,
): Promise<Result<void, GitFailure>> {
  const { path, base } = worktree;
  const plan = { worktree: path, head: base, conversion: 'recorded', exclude: '', index: null, signal } as const;
  const room = openRoom(repository, plan);
  try {
    const read = await room.run({ args: ['read-tree', '-m', '-u', base] });
    if (!read.ok) return err(withAdvice(repository, read.error));
    await shareIndex(repository, room, worktree);
    if (work === null) return ok(undefined);
    const restored = await room.run({ args: ['read-tree', '-m', '-u', base, work] });
    return restored.ok ? ok(undefined) : err(withAdvice(repository, restored.error));
  } finally {
    await room.dispose();
  }
}

const withAdvice = ({ isPartialClone }: Repository, failure: GitFailure): GitFailure =>
  isPartialClone
    ? { ...failure, message: `${failure.message}; this is a partial clone: run git fetch --refetch --no-filter` }
    : failure;

/**
 * The agent gets an index with which its `git status` is clean and quick; we keep another. Ours is written last: its
 * time is what tells untouched files from files that were touched in the instant of checking out.
 */
async function shareIndex({ memory }: Repository, room: CleanRoom, worktree: Worktree): Promise<void> {
  const bytes = await readFile(room.indexFile);
  await writeFile(join(worktree.adminDir, 'index'), bytes);
  const pristine = await writeSealed(pristineIndexOf(worktree), bytes);
  const { adminDir, privateDir } = worktree;
  memory.set(privateDir, { adminDir, pristine, brought: NOTHING_BROUGHT, saved: null });
}
