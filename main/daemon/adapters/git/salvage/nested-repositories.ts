import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import { type BytePath, joinBytePath } from '../byte-path.ts';
import type { Capture } from '../capture-tree.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, GITLINK_MODE, type IndexFile, readIndexFile } from '../index-file.ts';
import { objectIdBytesOf } from '../object-format.ts';
import { pathOfText, textOfPath } from '../path-text.ts';
import { editIndex } from '../stage-files.ts';
import { findCommits, readAgentCommits } from './agent-commits.ts';
import { type CommittedWork, captureSite, commitWork, type WorkSite } from './capture-work.ts';
import { findGitDirectory, type GitDirectory } from './git-directory.ts';
import { findLost } from './lost-commits.ts';
import { lostRefName, WORK_REF, writeBundle } from './nested-bundle.ts';
import { type NestedPlan, type NestedRoom, openNestedRoom } from './nested-room.ts';
import { objectIdsIn } from './object-ids-in.ts';
import type { NotSaved, Salvage, SavedBundle } from './salvage-result.ts';
import { saveStagedContent } from './staged-content.ts';

export interface NestedPlace {
  /** The folder whose survey found the repositories. */
  readonly root: string;
  /** The path of `root` below the worktree. */
  readonly prefix: BytePath;
  readonly folders: readonly BytePath[];
  /** What the index of `root` says of submodules, and of all else. */
  readonly index: IndexFile;
}

export interface NestedWork {
  readonly bundles: readonly SavedBundle[];
  /** Commits in the repository itself that need a ref. */
  readonly unpinned: readonly string[];
  readonly innerWorktrees: Salvage['innerWorktrees'];
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
  /** HEAD of each repository that has one. */
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

/**
 * Saves every repository below a folder, each with all its refs, with commits that only its reflogs know, and with what
 * was not committed. One that cannot be saved is named in the outcome and keeps the worktree.
 */
export async function saveNested(plan: NestedPlan, place: NestedPlace): Promise<NestedWork> {
  let all = NO_NESTED;
  for (const folder of place.folders) {
    const path = joinPaths(place.prefix, folder);
    const dir = await findGitDirectory(join(plan.repository.privateDir, 'rooms'), { root: place.root, folder });
    if (dir === null) {
      all = merge(all, notSaved(path, 'it has a .git that is no repository git can read'));
      continue;
    }
    const recorded = recordedCommit(place, folder);
    const saved = await saveAndDispose(plan, dir, { path, recorded });
    all = merge(all, saved.ok ? withHead(saved.value, folder) : notSaved(path, saved.error.message));
  }
  return all;
}

const joinPaths = (prefix: BytePath, folder: BytePath): BytePath =>
  folder === '' ? prefix : joinBytePath(prefix, folder);

const recordedCommit = ({ index }: NestedPlace, folder: BytePath): string | null => {
  const entry = index.entries.get(folder);
  return entry?.stamp.mode === GITLINK_MODE ? entry.objectId : null;
};

const notSaved = (path: BytePath, why: string): NestedWork => ({
  ...NO_NESTED,
  notSaved: [
    { path: textOfPath(path) || '.', code: 'nested_repository', reason: `a repository: ${why}`, keepsWorktree: true },
  ],
});

export const merge = (a: NestedWork, b: NestedWork): NestedWork => ({
  bundles: [...a.bundles, ...b.bundles],
  unpinned: [...a.unpinned, ...b.unpinned],
  innerWorktrees: [...a.innerWorktrees, ...b.innerWorktrees],
  notSaved: [...a.notSaved, ...b.notSaved],
  cachesListed: [...a.cachesListed, ...b.cachesListed],
  heads: new Map([...a.heads, ...b.heads]),
  gitDirs: new Set([...a.gitDirs, ...b.gitDirs]),
});

/** One repository, with those below it. */
type SavedRepository = Omit<NestedWork, 'heads'> & { readonly head: string | null };

const withHead = ({ head, ...work }: SavedRepository, folder: BytePath): NestedWork => ({
  ...work,
  heads: new Map(head === null ? [] : [[folder, head]]),
});

interface Found {
  readonly path: BytePath;
  /** Of a submodule: the commit that the repository around it records. */
  readonly recorded: string | null;
}

export async function saveAndDispose(
  plan: NestedPlan,
  dir: GitDirectory,
  found: Found,
): Promise<Result<SavedRepository, GitFailure>> {
  try {
    const opened = await openNestedRoom(plan, dir);
    return opened.ok ? await saveRepository(plan, { ...found, dir, nested: opened.value }) : opened;
  } finally {
    await dir.dispose();
  }
}

type Subject = Found & { readonly dir: GitDirectory; readonly nested: NestedRoom };

async function saveRepository(plan: NestedPlan, subject: Subject): Promise<Result<SavedRepository, GitFailure>> {
  const { dir, nested, path } = subject;
  const agent = await readAgentCommits({ ...dir, base: null, run: nested.run });
  if (!agent.ok) return agent;
  const { head, headName, mentioned } = agent.value;
  const work = await saveWork(plan, { ...subject, head });
  if (!work.ok) return work;
  const others = await otherCommits(plan, { ...subject, head, indexes: work.value.indexes });
  if (!others.ok) return others;
  const commits = [...mentioned, ...others.value, ...(head === null ? [] : [head])];
  const top = topOf(work.value.committed);
  const { inner } = work.value;
  const saved = {
    ...inner,
    head,
    gitDirs: new Set([...inner.gitDirs, dir.realGitDir]),
    cachesListed: [...inner.cachesListed, ...work.value.cachesListed],
    notSaved: [...inner.notSaved, ...work.value.notSaved],
  };
  if (nested.isOwn) {
    const [commit = head] = top;
    const innerWorktrees = commit === null ? [] : [{ path: textOfPath(path), commit }];
    return ok({
      ...saved,
      unpinned: [...inner.unpinned, ...top, ...commits],
      innerWorktrees: [...inner.innerWorktrees, ...innerWorktrees],
    });
  }
  const lost = await findLost(nested.run, { commits, keptBy: top, ignoring: null });
  if (top.length + lost.length === 0 && (await isAsRecorded(subject, head))) return ok(saved);
  const bundle = await writeBundle({
    ...nested,
    directory: plan.directory,
    path: textOfPath(path) || '.',
    refs: refsFor(nested, top, lost),
    head: headName,
    content: [...contentOf(work.value.committed), ...lost, ...[...nested.refs].flat()],
  });
  if (!bundle.ok) return bundle;
  return ok({ ...saved, bundles: [...inner.bundles, ...(bundle.value === null ? [] : [bundle.value])] });
}

/** The newest commit of ours, if there is one. */
export const topOf = (work: CommittedWork | null): readonly string[] => {
  const top = work?.ignored ?? work?.files ?? null;
  return top === null ? [] : [top.commit];
};

const contentOf = (work: CommittedWork | null): readonly string[] =>
  [work?.files, work?.ignored].map((committed) => committed?.tree ?? '');

const refsFor = (nested: NestedRoom, top: readonly string[], lost: readonly string[]): ReadonlyMap<string, string> =>
  new Map([
    ...nested.refs,
    ...top.map((commit) => [WORK_REF, commit] as const),
    ...lost.map((commit, index) => [lostRefName(index + 1), commit] as const),
  ]);

interface NestedCapture {
  readonly committed: CommittedWork | null;
  readonly inner: NestedWork;
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
  /** What the room's index held before and holds now. */
  readonly indexes: readonly IndexFile[];
}

/** Commits the files of a repository, after the repositories below it are saved. */
async function saveWork(
  plan: NestedPlan,
  { dir, nested, path, head }: Subject & { readonly head: string | null },
): Promise<Result<NestedCapture, GitFailure>> {
  if (dir.files === null) return ok({ committed: null, inner: NO_NESTED, notSaved: [], cachesListed: [], indexes: [] });
  const before = await readHeadIndex({ dir, nested, head });
  if (!before.ok) return before;
  const site: WorkSite = { ...plan, ...nested, ...dir, root: dir.files, before: before.value, doubtMs: 0 };
  const capture = await captureSite(site);
  if (!capture.ok) return capture;
  const inner = await saveInner(plan, site, { path, capture: capture.value });
  if (!inner.ok) return inner;
  const committed = await commitWork(site, capture.value, {
    ...plan,
    base: head,
    head,
    kind: 'tree',
    ignoredKind: 'ignored',
    findUntouched: () => Promise.resolve(ok(new Map())),
  });
  if (!committed.ok) return committed;
  const { files, ignored, notSaved, cachesListed } = committed.value;
  const indexes = [before.value, ...[files, ignored].flatMap((commit) => (commit === null ? [] : [commit.index]))];
  return ok({
    committed: committed.value,
    inner: inner.value,
    notSaved: relocate(notSaved, path),
    cachesListed: relocate(cachesListed, path),
    indexes,
  });
}

const relocate = <T extends { readonly path: string }>(entries: readonly T[], folder: BytePath): readonly T[] =>
  entries.map((entry) => ({ ...entry, path: textOfPath(joinPaths(folder, pathOfText(entry.path))) }));

/** HEAD's files with no times: each is read again, whatever the repository's own index says of it. */
async function readHeadIndex({
  dir,
  nested,
  head,
}: Pick<Subject, 'dir' | 'nested'> & { readonly head: string | null }): Promise<Result<IndexFile, GitFailure>> {
  if (head === null) return ok(EMPTY_INDEX);
  const read = await nested.room.runApart({ args: ['read-tree', head] });
  if (!read.ok) return read;
  return ok((await readIndexFile(nested.room.indexFile, objectIdBytesOf(dir.objectFormat))) ?? EMPTY_INDEX);
}

/** The repositories further in; a submodule that moved is recorded at its new commit. */
async function saveInner(
  plan: NestedPlan,
  site: WorkSite,
  { path, capture }: { readonly path: BytePath; readonly capture: Capture },
): Promise<Result<NestedWork, GitFailure>> {
  const folders = capture.nested.filter((folder) => folder !== '');
  const inner = await saveNested(plan, { root: site.root, prefix: path, folders, index: site.before });
  const moved = await recordHeads(site, inner.heads);
  return moved.ok ? ok(inner) : moved;
}

/** Only where there is a submodule already: a repository that somebody merely put there is not made one. */
export const recordHeads = (
  { room, before }: WorkSite,
  heads: ReadonlyMap<BytePath, string>,
): Promise<Result<void, GitFailure>> =>
  editIndex(
    room,
    [...heads].flatMap(([path, objectId]) => {
      const entry = before.entries.get(path);
      const isMoved = entry?.stamp.mode === GITLINK_MODE && entry.objectId !== objectId;
      return isMoved ? [{ path, mode: GITLINK_MODE, objectId }] : [];
    }),
  );

/** Commits that only the common directory's reflogs name, and one with what is staged only. */
async function otherCommits(
  { subject, atMs }: NestedPlan,
  { dir, nested, head, indexes }: Subject & { readonly head: string | null; readonly indexes: readonly IndexFile[] },
): Promise<Result<readonly string[], GitFailure>> {
  const ids = nested.isOwn ? [] : [...(await objectIdsIn(dir.commonDir, dir.objectFormat))];
  const found = await findCommits(nested.run, ids);
  if (!found.ok) return found;
  const staged = await saveStagedContent({
    ...nested,
    gitDir: dir.gitDir,
    given: null,
    kept: indexes,
    head,
    subject,
    atMs,
  });
  if (!staged.ok) return staged;
  return ok([...found.value, staged.value].filter((commit) => commit !== null));
}

/** A submodule at its recorded commit, with nothing that its remote does not have, was not touched. */
async function isAsRecorded({ nested, recorded }: Subject, head: string | null): Promise<boolean> {
  if (recorded === null || recorded !== head) return false;
  const own = await nested.run({ args: ['rev-list', '--max-count=1', '--all', '--not', '--remotes', recorded] });
  return own.ok && own.value.stdout.length === 0;
}
