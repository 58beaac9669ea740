import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { escapeName } from '../../../contract/escape-name.ts';
import { AttemptId, RunId, StepId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { attemptFolder } from '../adapters/files/artifact-store.ts';
import { type RemovalProof, removeWorktree } from '../adapters/git/remove-worktree.ts';
import type { Repository } from '../adapters/git/repository.ts';
import { createRepositoryLock, type RepositoryLock } from '../adapters/git/repository-lock.ts';
import type { SalvageRequest } from '../adapters/git/salvage/salvage-result.ts';
import { listWorktrees, readWorktree, type Worktree } from '../adapters/git/worktree-record.ts';
import { processesInside } from '../adapters/process/processes-inside.ts';
import type { AttemptPlace, Problem } from '../services/ports.ts';
import type { Place as DaemonPlace } from './open-place.ts';

/** Where the worktrees of attempts are, and what each is called in git's own places. */
export interface AttemptWorktrees {
  readonly repository: Repository;
  readonly lock: RepositoryLock;
  readonly workspaceRoot: string;
  readonly artifactRoot: string;
}

export const openAttemptWorktrees = ({
  repository,
  config,
}: Pick<DaemonPlace, 'config' | 'repository'>): AttemptWorktrees => ({
  repository,
  lock: createRepositoryLock(),
  workspaceRoot: config.workspaceRoot.value,
  artifactRoot: config.artifactRoot.value,
});

export const worktreeIdOf = ({ attemptId }: AttemptPlace): string => escapeName(attemptId);

export const worktreePathOf = ({ workspaceRoot }: AttemptWorktrees, place: AttemptPlace): string =>
  join(workspaceRoot, worktreeIdOf(place));

/** The worktree of an attempt in which somebody may have worked. */
export async function findWorktree(
  { repository }: AttemptWorktrees,
  place: AttemptPlace,
): Promise<Result<Worktree, Problem>> {
  const known = await readWorktree(repository, worktreeIdOf(place));
  if (!known.ok) return err({ sentence: known.error.message });
  if (known.value.state === 'creating') return err({ sentence: `the worktree ${known.value.path} was never finished` });
  return ok(known.value);
}

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
    return Place.parse(JSON.parse(await readFile(join(privateDir, ATTEMPT_FILE), 'utf8')));
  } catch {
    return null; // the daemon ended before the name was written; its attempt is live in the record and finished from there
  }
}

/** Removes a worktree unless somebody is in it. One that is not there is removed already. */
export async function removeAttemptWorktree(
  { repository, lock }: AttemptWorktrees,
  place: AttemptPlace,
  proof: RemovalProof,
): Promise<Result<void, Problem>> {
  const known = await readWorktree(repository, worktreeIdOf(place));
  if (!known.ok)
    return known.error.code === 'worktree_unknown' ? ok(undefined) : err({ sentence: known.error.message });
  const [inside] = await processesInside(known.value.path);
  if (inside !== undefined) return err({ sentence: `process ${inside.pid} is still in ${known.value.path}` });
  const removed = await removeWorktree({ repository, lock, worktree: known.value, proof });
  return removed.ok ? ok(undefined) : err({ sentence: removed.error.message });
}
