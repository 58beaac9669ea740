import { randomUUID } from 'node:crypto';
import { lstat, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { foldersAbove } from '../byte-path.ts';
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

/**
 * Every ref that this adapter sets, as a pattern. None of them keeps anything but what it was set for: it goes when
 * somebody lets go of that.
 */
export const OUR_REFS = 'refs/codencer*';

/** A pattern for every ref that holds what no other ref reaches. */
const lostRefPattern = (ref: string): string => `${ref}-lost-*`;

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

/**
 * Sets all refs or none, and is on disk when it returns. Refs and lock files that somebody put where these go do not keep
 * the work from having one: it then has a name that nobody could have known. The answer tells the names.
 */
export async function setRefs(
  place: RefPlace,
  edits: readonly RefEdit[],
): Promise<Result<readonly SalvageRef[], GitFailure>> {
  const set = await updateRefs(place, edits);
  if (set.ok) return ok(edits.map(asSaved));
  if (set.error.code !== 'git_failed' && set.error.code !== 'files_failed') return set;
  // Git would wait for what stands in the way there.
  const present = set.error.code === 'files_failed' ? new Map<string, string>() : await readPresent(place);
  const isSet = ({ name, commit }: RefEdit): boolean => present.get(name) === commit;
  const prefix = `refs/codencer-${randomUUID()}`;
  const renamed = edits.map((edit) => (isSet(edit) ? { ...edit, previous: edit.commit } : elsewhere(edit)));
  const again = await updateRefs(place, renamed);
  return again.ok ? ok([...renamed.map(asSaved), ...strangerIn(place, present, renamed)]) : again;

  function elsewhere(edit: RefEdit): RefEdit {
    return { ...edit, name: edit.name.replace(/^refs\/[^/]+/, prefix), previous: null };
  }
}

const asSaved = ({ name, commit, holds }: RefEdit): SalvageRef => ({ name, commit, holds });

/** What stands under the work's own name and is not the work: of an earlier try, or put there. It is kept as well. */
function strangerIn(
  { ref }: RefPlace,
  present: ReadonlyMap<string, string>,
  saved: readonly RefEdit[],
): readonly SalvageRef[] {
  const commit = present.get(ref);
  if (commit === undefined || saved.some(({ name }) => name === ref)) return [];
  return [{ name: ref, commit, holds: 'lost-commits' }];
}

/** The refs at our names, as far as git can list them and they do not stand for others. */
async function readPresent({ repository, ref, signal }: RefPlace): Promise<ReadonlyMap<string, string>> {
  const args = ['for-each-ref', '--format=%(objectname) %(objecttype) %(refname) %(symref)', ref, lostRefPattern(ref)];
  const listed = await runInRepository(repository, { args, signal });
  const lines = listed.ok ? listed.value.stdout.toString().split('\n') : [];
  const found = lines.map((line) => line.split(' ')).filter(([, type, , target]) => type === 'commit' && target === '');
  return new Map(found.map(([commit = '', , name = '']) => [name, commit]));
}

async function updateRefs(
  { repository, signal }: RefPlace,
  edits: readonly RefEdit[],
): Promise<Result<void, GitFailure>> {
  const due = edits.filter(({ commit, previous }) => commit !== previous);
  if (due.length === 0) return ok(undefined);
  const obstacle = await findObstacle(repository, due);
  if (obstacle !== null) return err(obstacleFailure(repository, obstacle));
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

/**
 * A link among the folders of our refs would put them where they are not kept, and a FIFO in the place of one makes git
 * wait. Git makes neither there.
 */
async function findObstacle({ commonDir }: Repository, refs: readonly RefEdit[]): Promise<string | null> {
  const names = new Set(refs.flatMap(({ name }) => [...foldersAbove(name), name]));
  for (const name of names) {
    const stats = await lstat(join(commonDir, name)).catch(() => null); // Not there yet: git makes it.
    if (stats !== null && !stats.isDirectory() && !stats.isFile()) return join(commonDir, name);
  }
  return null;
}

const obstacleFailure = ({ root }: Repository, obstacle: string): GitFailure => ({
  ...abortedFailure('set refs', root),
  code: 'files_failed',
  message: `${obstacle} is neither folder nor file; look who made it, and remove it`,
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
      if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(lock, { force: true, recursive: true });
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error))) throw error;
    }
  }
}
