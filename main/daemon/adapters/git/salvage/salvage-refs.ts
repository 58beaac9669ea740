import { lstat, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { foldersAbove } from '../byte-path.ts';
import { KIND_TRAILER } from '../commit-tree.ts';
import { errorCodeOf } from '../error-code.ts';
import { abortedFailure, type GitFailure } from '../git-failure.ts';
import { type Repository, runInRepository } from '../repository.ts';
import { retryMomentary } from '../retry-momentary.ts';
import type { SalvageRef } from './salvage-result.ts';

export interface RefPlace {
  readonly repository: Repository;
  /** Names the work; what is saved besides has names beside it. */
  readonly ref: string;
  readonly signal?: AbortSignal | undefined;
}

/** What an earlier salvage left under the ref. */
export interface EarlierWork {
  readonly top: string;
  readonly topTree: string;
  /** Null when nothing but ignored files was saved. */
  readonly treeCommit: string | null;
  readonly ignoredCommit: string | null;
}

const LIST_CHAIN = [
  'rev-list',
  '--first-parent',
  '--no-commit-header',
  '--max-count=100',
  `--format=%H %T %(trailers:key=${KIND_TRAILER},valueonly,separator=%x2C)`,
  '--ignore-missing',
] as const;

/** Null when the ref is not there. */
export async function readEarlierWork(
  { repository, ref, signal }: RefPlace,
  base: string,
): Promise<Result<EarlierWork | null, GitFailure>> {
  const listed = await runInRepository(repository, { args: [...LIST_CHAIN, ref, '--'], signal });
  if (!listed.ok) return listed;
  const lines = listed.value.stdout.toString().split('\n').slice(0, -1);
  const chain = lines.map((line) => line.split(' ')).map(([id = '', tree = '', kind = '']) => ({ id, tree, kind }));
  const [top] = chain;
  if (top === undefined) return ok(null);
  // Ours lie on top of the agent's; the lowest of ours, or else the agent's newest, is what the diff shows.
  const below = chain.findIndex(({ id, kind }) => id === base || kind === '');
  const ours = below === -1 ? chain : chain.slice(0, below);
  const treeCommit = ours.find(({ kind }) => kind === 'tree')?.id ?? chain[below]?.id ?? top.id;
  const ignoredCommit = ours.find(({ kind }) => kind === 'ignored')?.id ?? null;
  return ok({ top: top.id, topTree: top.tree, treeCommit: treeCommit === base ? null : treeCommit, ignoredCommit });
}

/** A pattern for every ref that holds what no other ref reaches. */
export const lostRefPattern = (ref: string): string => `${ref}-lost-*`;

/** A ref and what it was before; null where it must not have been there. */
export interface RefEdit extends SalvageRef {
  readonly previous: string | null;
}

/** Names for commits that no ref reaches: those they have from an earlier try, else the next free ones. */
export async function nameLost(
  { repository, ref, signal }: RefPlace,
  commits: readonly string[],
): Promise<Result<readonly RefEdit[], GitFailure>> {
  if (commits.length === 0) return ok([]);
  const listed = await runInRepository(repository, {
    args: ['for-each-ref', '--format=%(objectname) %(refname)', lostRefPattern(ref)],
    signal,
  });
  if (!listed.ok) return listed;
  const lines = listed.value.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  const known = new Map(lines.map(([commit = '', name = '']) => [commit, name]));
  const names = freeNames(ref, new Set(known.values()));
  return ok(
    commits.map((commit) => {
      const name = known.get(commit);
      const previous = name === undefined ? null : commit;
      return { name: name ?? names.next().value ?? '', commit, previous, holds: 'lost-commits' };
    }),
  );
}

function* freeNames(ref: string, taken: ReadonlySet<string>): Generator<string, undefined> {
  for (let number = 1; ; number += 1) {
    const name = `${ref}-lost-${number}`;
    if (!taken.has(name)) yield name;
  }
}

/** Sets all refs or none, and is on disk when it returns. */
export async function setRefs(
  { repository, signal }: RefPlace,
  edits: readonly RefEdit[],
): Promise<Result<void, GitFailure>> {
  const due = edits.filter(({ commit, previous }) => commit !== previous);
  if (due.length === 0) return ok(undefined);
  const link = await findLink(repository, due);
  if (link !== null) return err(linkFailure(repository, link));
  await removeStaleLocks(repository, due);
  const set = await retryMomentary(
    () =>
      runInRepository(repository, {
        args: ['update-ref', '--no-deref', '--stdin'],
        input: due.map(lineFor).join(''),
        config: ['core.fsync=loose-object,reference'],
        signal,
      }),
    signal,
  );
  return set.ok ? ok(undefined) : set;
}

/** A link among the folders of our refs would put them where they are not kept. Git makes none there. */
async function findLink({ commonDir }: Repository, refs: readonly RefEdit[]): Promise<string | null> {
  const folders = new Set(refs.flatMap(({ name }) => foldersAbove(name)));
  for (const folder of folders) {
    const stats = await lstat(join(commonDir, folder)).catch(() => null); // Not there yet: git makes it.
    if (stats?.isSymbolicLink()) return join(commonDir, folder);
  }
  return null;
}

const linkFailure = ({ root }: Repository, link: string): GitFailure => ({
  ...abortedFailure('set refs', root),
  code: 'files_failed',
  message: `${link} is a link, which git never makes there; look who made it, and remove it`,
});

const lineFor = ({ name, commit, previous }: RefEdit): string =>
  previous === null ? `create ${name} ${commit}\n` : `update ${name} ${commit} ${previous}\n`;

const STALE_AFTER_MS = 10_000;

/**
 * A git that was killed leaves `<ref>.lock` behind for ever. These refs are written by nobody but us, and a git of ours
 * holds such a lock for milliseconds.
 */
async function removeStaleLocks({ commonDir }: Repository, refs: readonly SalvageRef[]): Promise<void> {
  for (const { name } of refs) {
    const lock = join(commonDir, `${name}.lock`);
    try {
      const { mtimeMs } = await stat(lock);
      if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(lock, { force: true });
    } catch (error) {
      if (errorCodeOf(error) !== 'ENOENT') throw error;
    }
  }
}
