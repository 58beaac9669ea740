import { copyFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../contract/result.ts';
import type { CleanRoom } from './clean-room.ts';
import { findBroughtFiles } from './find-brought-files.ts';
import { splitZero } from './find-ignored.ts';
import type { GitFailure } from './git-failure.ts';
import { textOfPath } from './path-text.ts';
import { readRegularText } from './read-regular-file.ts';
import { openRoom, type Repository, type RepositoryPlace, type RepositoryWarning } from './repository.ts';

export interface Facts
  extends Pick<Repository, 'isShallow' | 'isPartialClone' | 'submodules' | 'usesLfs' | 'excludes' | 'alternates'> {
  readonly isDirty: boolean;
  /** Of the files that only this program writes, those that the tree of HEAD brings. */
  readonly brought: readonly string[];
}

type KnownPlace = RepositoryPlace & Pick<Repository, 'objectFormat' | 'head'>;

export async function readFacts(
  place: KnownPlace & { readonly environment: NodeJS.ProcessEnv; readonly ownFiles: readonly string[] },
  signal?: AbortSignal,
): Promise<Result<Facts, GitFailure>> {
  const isShallow = await hasContent(join(place.commonDir, 'shallow'));
  const excludes = `${await readUserExcludes(place, signal)}\n${await readRegularText(join(place.commonDir, 'info/exclude'))}\n`;
  const repository = { ...place, isShallow, excludes };
  const [tree, isDirty] = await Promise.all([readTreeFacts(repository, signal), isTreeDirty(repository, signal)]);
  if (!tree.ok) return tree;
  if (!isDirty.ok) return isDirty;
  const isPartialClone = await hasPromisedObjects(place.objectsDir);
  const alternates = await readAlternates(place);
  return ok({ isShallow, isPartialClone, excludes, alternates, isDirty: isDirty.value, ...tree.value });
}

type OpenPlace = KnownPlace & Pick<Repository, 'isShallow' | 'excludes'>;

export const readAlternates = ({ objectsDir }: Pick<RepositoryPlace, 'objectsDir'>): Promise<string> =>
  readRegularText(join(objectsDir, 'info/alternates'));

async function hasContent(file: string): Promise<boolean> {
  try {
    return (await stat(file)).size > 0;
  } catch {
    return false; // No such file: not a shallow clone.
  }
}

/** A partial clone marks the packs whose missing objects were promised by a remote. */
async function hasPromisedObjects(objectsDir: string): Promise<boolean> {
  try {
    return (await readdir(join(objectsDir, 'pack'))).some((name) => name.endsWith('.promisor'));
  } catch {
    return false; // No packs at all.
  }
}

/** `core.excludesFile`, or where git looks when it is not set. */
async function readUserExcludes(
  place: RepositoryPlace & { readonly environment: NodeJS.ProcessEnv },
  signal?: AbortSignal,
): Promise<string> {
  const asked = await place.git({
    args: ['config', '--global', '--type=path', '--get', 'core.excludesFile'],
    cwd: place.root,
    readsUserSettings: true,
    okExitCodes: [0, 1],
    signal,
  });
  const configured = asked.ok ? asked.value.stdout.toString().trim() : '';
  const { XDG_CONFIG_HOME: xdg, HOME: home = '' } = place.environment;
  const standard = join(xdg ?? join(home, '.config'), 'git/ignore');
  return readRegularText(configured === '' ? standard : configured);
}

/** Submodules, LFS and files of ours, from the tree of HEAD: what the working tree holds may be anything. */
async function readTreeFacts(
  repository: OpenPlace & { readonly ownFiles: readonly string[] },
  signal?: AbortSignal,
): Promise<Result<Pick<Facts, 'submodules' | 'usesLfs' | 'brought'>, GitFailure>> {
  const room = openRoom(repository, roomPlan(repository, signal));
  try {
    const listed = await room.runApart({ args: ['ls-tree', '-r', '-z', repository.head] });
    if (!listed.ok) return listed;
    const lines = splitZero(listed.value.stdout);
    const submodules = lines.filter((line) => line.startsWith('160000 ')).map((line) => textOfPath(pathIn(line)));
    const brought = findBroughtFiles(lines.map(pathIn), { root: repository.root, files: repository.ownFiles });
    const usesLfs = await mentionsLfs(
      room,
      lines.filter((line) => /(^|\/)\.gitattributes$/.test(pathIn(line))),
    );
    return usesLfs.ok ? ok({ submodules, brought, usesLfs: usesLfs.value }) : usesLfs;
  } finally {
    await room.dispose();
  }
}

const roomPlan = ({ root, head }: OpenPlace, signal: AbortSignal | undefined) =>
  ({ worktree: root, head, conversion: 'recorded', exclude: '', index: null, signal }) as const;

const pathIn = (line: string): string => line.slice(line.indexOf('\t') + 1);

async function mentionsLfs(room: CleanRoom, lines: readonly string[]): Promise<Result<boolean, GitFailure>> {
  if (lines.length === 0) return ok(false);
  const ids = lines.map((line) => `${line.split(/[ \t]/)[2] ?? ''}\n`);
  const read = await room.runApart({ args: ['cat-file', '--batch'], input: ids.join('') });
  return read.ok ? ok(/\bfilter=lfs\b/.test(read.value.stdout.toString('latin1'))) : read;
}

/**
 * Whether the repository's own working tree has changes that no commit holds. Looked at through a copy of its index in
 * a clean room: an earlier agent may have planted a filter that `git status` would run.
 */
async function isTreeDirty(repository: OpenPlace, signal?: AbortSignal): Promise<Result<boolean, GitFailure>> {
  const exclude = `${repository.excludes}/.codencer/\n`;
  const room = openRoom(repository, { ...roomPlan(repository, signal), exclude });
  try {
    await copyIndex(repository.gitDir, room);
    const status = await room.run({
      args: ['status', '--porcelain', '-z', '--untracked-files=normal', '--ignore-submodules=all', '--no-renames'],
    });
    return status.ok ? ok(status.value.stdout.length > 0) : status;
  } finally {
    await room.dispose();
  }
}

/** With the files that a split index needs beside it. */
async function copyIndex(gitDir: string, room: CleanRoom): Promise<void> {
  room.ready();
  const names = (await readdir(gitDir)).filter((name) => name === 'index' || name.startsWith('sharedindex.'));
  await Promise.all(names.map((name) => copyFile(join(gitDir, name), join(room.directory, name))));
}

export function warningsOf(
  facts: Pick<
    Repository,
    'root' | 'commonDir' | 'isShallow' | 'isPartialClone' | 'isLinkedWorktree' | 'submodules' | 'usesLfs'
  >,
  isDirty: boolean,
): readonly RepositoryWarning[] {
  const all: readonly (RepositoryWarning & { readonly holds: boolean })[] = [
    {
      holds: isDirty,
      code: 'dirty_tree',
      message: `${facts.root} has changes that are not committed; work starts from the commit and does not see them`,
    },
    {
      holds: facts.isShallow,
      code: 'shallow_clone',
      message: 'this is a shallow clone; work goes on as usual, but older history is not here',
    },
    {
      holds: facts.isPartialClone,
      code: 'partial_clone',
      message:
        'this is a partial clone; a worktree cannot be made where an object is missing (git fetch --refetch --no-filter brings all)',
    },
    {
      holds: facts.isLinkedWorktree,
      code: 'linked_worktree',
      message: `${facts.root} is a linked worktree; refs and objects are those of ${facts.commonDir}`,
    },
    {
      holds: facts.submodules.length > 0,
      code: 'submodules',
      message: `submodules are not filled in a new worktree: ${facts.submodules.join(', ')}; a post-create hook can do it`,
    },
    {
      holds: facts.usesLfs,
      code: 'lfs',
      message: 'files in Git LFS are pointers in a new worktree; a post-create hook can run git lfs pull',
    },
  ];
  return all.filter(({ holds }) => holds).map(({ code, message }) => ({ code, message }));
}
