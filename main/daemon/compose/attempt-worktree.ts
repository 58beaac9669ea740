import { lstat, realpath, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { escapeName } from '../../../contract/escape-name.ts';
import { AttemptId, RunId, StepId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { attemptFolder } from '../adapters/files/artifact-store.ts';
import { readPlainFile } from '../adapters/files/open-plain-file.ts';
import { type RemovalProof, removeWorktree } from '../adapters/git/remove-worktree.ts';
import type { Repository } from '../adapters/git/repository.ts';
import { createRepositoryLock, type RepositoryLock } from '../adapters/git/repository-lock.ts';
import type { SalvageRequest } from '../adapters/git/salvage/salvage-result.ts';
import {
  type KnownWorktree,
  listWorktrees,
  type RecordProblem,
  readWorktree,
  type Worktree,
} from '../adapters/git/worktree-record.ts';
import { processesInside } from '../adapters/process/processes-inside.ts';
import type { AttemptPlace } from '../services/ports/attempt-place.ts';
import type { Problem } from '../services/ports/problem.ts';
import type { Place as DaemonPlace } from './open-place.ts';

/** Where the worktrees of attempts are, and what each is called in git's own places. */
export interface AttemptWorktrees {
  readonly repository: Repository;
  readonly lock: RepositoryLock;
  readonly workspaceRoot: string;
  readonly artifactRoot: string;
  /** What the record says an attempt started from. */
  readonly baseOf: (attemptId: AttemptId) => string | null;
  /** Where the record says an attempt works. Its own folder's name, unless it goes on in that of an earlier one. */
  readonly recordedPathOf: (attemptId: AttemptId) => string | null;
}

export const openAttemptWorktrees = ({
  repository,
  config,
  store,
}: Pick<DaemonPlace, 'config' | 'repository' | 'store'>): AttemptWorktrees => ({
  repository,
  lock: createRepositoryLock(),
  workspaceRoot: config.workspaceRoot.value,
  artifactRoot: config.artifactRoot.value,
  baseOf: (attemptId) => store.attempts.get(attemptId)?.baseCommit ?? null,
  recordedPathOf: (attemptId) => store.attempts.get(attemptId)?.worktreePath ?? null,
});

export const worktreeIdOf = ({ attemptId }: AttemptPlace): string => escapeName(attemptId);

/** The folder that is in the record, where all worktrees are now: the repository may have been moved with them. */
export const worktreePathOf = (worktrees: AttemptWorktrees, place: AttemptPlace): string =>
  join(worktrees.workspaceRoot, folderOf(worktrees, place));

function folderOf({ recordedPathOf }: AttemptWorktrees, place: AttemptPlace): string {
  const name = basename(recordedPathOf(place.attemptId) ?? '');
  return NO_FOLDERS.has(name) ? worktreeIdOf(place) : name;
}

const NO_FOLDERS: ReadonlySet<string> = new Set(['', '.', '..']);

/** Whose worktree is at that path; null: nobody's. An attempt that goes on in a folder needs it to be free. */
export async function whoIsAt({ repository }: AttemptWorktrees, path: string): Promise<KnownWorktree | null> {
  const { worktrees } = await listWorktrees(repository);
  return worktrees.find((one) => basename(one.path) === basename(path)) ?? null;
}

/** The worktree of an attempt in which somebody may have worked. */
export async function findWorktree(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
): Promise<Result<Worktree, Problem>> {
  const known = await readOwnWorktree(worktrees, place);
  if (!known.ok) return err({ sentence: known.error.message });
  if (known.value.state === 'creating') return err({ sentence: `the worktree ${known.value.path} was never finished` });
  return ok(known.value);
}

/**
 * What stands beside a worktree, where an executor can reach it, must not lead anywhere but to the attempt's own folder,
 * and must not say that the attempt started from its own work: its diff would be empty.
 */
async function readOwnWorktree(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
): Promise<Result<KnownWorktree, RecordProblem>> {
  const known = await readWorktree(worktrees.repository, worktreeIdOf(place));
  if (!known.ok) return known;
  const { path, base } = known.value;
  const { workspaceRoot } = worktrees;
  // Gone with everything below it: the record's own path says the same.
  const root = await realpath(workspaceRoot).catch(() => workspaceRoot);
  const ownPath = join(root, folderOf(worktrees, place));
  const isOwn = path === ownPath && base === worktrees.baseOf(place.attemptId);
  if (isOwn) return known;
  const message = `the note beside the worktree ${ownPath} says ${path}, started from ${base}: the repository was moved, or the note was tampered with`;
  return err({ code: 'record_unreadable', message });
}

/** Whether somebody may have worked there. What cannot be read may hide work. */
export async function mayHoldWork(worktrees: AttemptWorktrees, place: AttemptPlace): Promise<boolean> {
  const known = await readWorktree(worktrees.repository, worktreeIdOf(place));
  if (known.ok) return known.value.state !== 'creating';
  if (known.error.code !== 'worktree_unknown') return true;
  const path = worktreePathOf(worktrees, place);
  return (await isOnDisk(path)) && (await whoIsAt(worktrees, path)) === null;
}

const isOnDisk = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false, // not there, or not to be reached: then nothing can be saved either
  );

export const salvageRequest = (
  { repository, artifactRoot }: AttemptWorktrees,
  place: AttemptPlace,
  worktree: Worktree,
): SalvageRequest => ({
  repository,
  worktree,
  ref: `refs/codencer/${escapeName(place.runId)}/${escapeName(place.stepId)}/${escapeName(place.attemptId)}`,
  directory: attemptFolder(artifactRoot, place),
  atMs: Date.now(),
});

const ATTEMPT_FILE = 'attempt.json';
const Place = z.object({ runId: RunId, stepId: StepId, attemptId: AttemptId });

/** A name may be a hash: whose worktree it is stands beside it. */
export const nameAttempt = ({ privateDir }: Worktree, place: AttemptPlace): Promise<void> =>
  writeFile(join(privateDir, ATTEMPT_FILE), JSON.stringify(place));

/** The attempts whose worktrees are on disk. One that nobody can name was never worked in. */
export async function listAttempts({ repository }: AttemptWorktrees): Promise<readonly AttemptPlace[]> {
  const { worktrees } = await listWorktrees(repository);
  const read = await Promise.all(worktrees.map(readPlace));
  return read.filter((place) => place !== null);
}

async function readPlace({ privateDir }: Pick<Worktree, 'privateDir'>): Promise<AttemptPlace | null> {
  try {
    return Place.parse(JSON.parse((await readPlainFile(join(privateDir, ATTEMPT_FILE))).toString('utf8')));
  } catch {
    return null; // the daemon ended before the name was written; its attempt is live in the record and finished from there
  }
}

/** Removes a worktree unless somebody is in it. One that is not there is removed already. */
export async function removeAttemptWorktree(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  proof: RemovalProof,
): Promise<Result<void, Problem>> {
  const { repository, lock } = worktrees;
  const known = await readOwnWorktree(worktrees, place);
  if (!known.ok)
    return known.error.code === 'worktree_unknown' ? ok(undefined) : err({ sentence: known.error.message });
  const [inside] = await processesInside(known.value.path);
  if (inside !== undefined) return err({ sentence: `process ${inside.pid} is still in ${known.value.path}` });
  const removed = await removeWorktree({ repository, lock, worktree: known.value, proof });
  // One that was never made cannot stay, whatever kept its note from being removed.
  if (removed.ok || !(await isOnDisk(known.value.path))) return ok(undefined);
  return err({ sentence: removed.error.message });
}
