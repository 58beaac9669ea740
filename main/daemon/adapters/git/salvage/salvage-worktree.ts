import { join } from 'node:path';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { commitTree } from '../commit-tree.ts';
import { findTrap } from '../find-trap.ts';
import { abortedFailure, attemptWithFiles, type GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import { recall, type SavedWork } from '../worktree-memory.ts';
import { beginSalvage } from './begin-salvage.ts';
import type { CommittedWork, WorkSite } from './capture-work.ts';
import { type CollectedFiles, collectFiles } from './collect-files.ts';
import { listChanges, writeChangedFiles, writePatch } from './describe-changes.ts';
import { readOwnCommits } from './own-commits.ts';
import type { Salvage, SalvageRef, SalvageRequest } from './salvage-result.ts';
import { indexesOf, saveRest } from './save-rest.ts';
import { keepIndex, type OwnSite, openSite } from './work-site.ts';

/**
 * Saves everything that an attempt made before its worktree goes: its files in one commit on top of its own, ignored
 * files in a second, every commit that no ref would reach, every repository below. Can be called again after a crash at
 * any point: what is saved already stays, what is missing is added.
 */
export function salvageWorktree(request: SalvageRequest): Promise<Result<Salvage, GitFailure>> {
  const { repository, worktree } = request;
  return attemptWithFiles('salvage', worktree.path, async () => {
    const trap = await findTrap(repository);
    if (trap !== null) return err(trapFailure(worktree.path, trap));
    const atMs = await beginSalvage(worktree, request.atMs);
    const site = await openSite(request, { from: 'checkout' });
    if (!site.ok) return site;
    try {
      const earlier = recall(repository, worktree)?.saved?.work ?? null;
      return await salvageSite({ ...request, atMs }, site.value, earlier);
    } finally {
      await site.value.room.dispose();
    }
  });
}

const trapFailure = (cwd: string, trap: string): GitFailure => ({
  ...abortedFailure('salvage', cwd),
  code: 'files_failed',
  message: `${trap} is no plain file, and git would wait for it; look who made it, and remove it`,
});

async function salvageSite(
  request: SalvageRequest,
  site: OwnSite,
  earlier: SavedWork | null,
): Promise<Result<Salvage, GitFailure>> {
  const { worktree, atMs } = request;
  const { base } = worktree;
  const agent = await readOwnCommits(request);
  if (!agent.ok) return agent;
  const head = agent.value.head ?? base;
  const collected = await collectFiles(request, site, { base, head, kind: 'tree', ignoredKind: 'ignored', atMs });
  if (!collected.ok) return collected;
  const work = await settleWork(request, site, { head, earlier, collected: collected.value });
  if (!work.ok) return work;
  const { top, treeCommit, ignoredCommit } = work.value;
  const name = earlier?.ref ?? request.ref;
  const index = collected.value.committed?.files?.index ?? site.before;
  const rest = {
    site,
    indexes: indexesOf(site, collected.value.committed),
    head,
    unpinned: [...agent.value.mentioned, head, ...collected.value.nested.unpinned],
    saved: [],
    work: top === null ? null : { name, commit: top, previous: earlier?.top ?? null },
  };
  const [refs, described] = await Promise.all([
    saveRest(request, rest),
    describe(request, site, { commit: treeCommit, index }),
  ]);
  if (!refs.ok) return refs;
  if (!described.ok) return described;
  await keepIndex(site, request, savedWork(work.value, refs.value));
  const outcome = outcomeOf(collected.value);
  return ok({ base, head, treeCommit, ignoredCommit, refs: refs.value, ...described.value, ...outcome });
}

/** What the next salvage goes on from. */
function savedWork(work: SettledWork, refs: readonly SalvageRef[]): SavedWork | null {
  const ref = refs.find(({ holds }) => holds === 'work');
  const { topTree, treeCommit, ignoredCommit } = work;
  return ref === undefined ? null : { ref: ref.name, top: ref.commit, topTree, treeCommit, ignoredCommit };
}

/** What is not in commits of the repository itself. */
export const outcomeOf = ({ nested, notSaved, cachesListed }: CollectedFiles) => ({
  bundles: nested.bundles,
  innerWorktrees: nested.innerWorktrees,
  cachesListed,
  notSaved,
  keepWorktree: notSaved.some(({ keepsWorktree }) => keepsWorktree),
});

interface SettledWork extends Pick<SavedWork, 'treeCommit' | 'ignoredCommit' | 'topTree'> {
  /** What the ref shall name; null when there is nothing. */
  readonly top: string | null;
}

/** The commits as the ref shall have them: those of an earlier salvage stay, and what is new since goes on top. */
async function settleWork(
  { worktree, ref, atMs }: SalvageRequest,
  { room }: WorkSite,
  facts: {
    readonly head: string;
    readonly earlier: SavedWork | null;
    readonly collected: CollectedFiles;
  },
): Promise<Result<SettledWork, GitFailure>> {
  const { earlier, collected } = facts;
  if (earlier === null) return ok(freshWork({ ...facts, base: worktree.base }));
  const { treeCommit, ignoredCommit, top, topTree } = earlier;
  const tree = newestOf(collected.committed)?.tree ?? topTree;
  if (tree === null || tree === topTree) return ok({ treeCommit, ignoredCommit, top, topTree });
  const later = await commitTree(room, { tree, parent: top, kind: 'later', subject: ref, atMs });
  return later.ok ? ok({ treeCommit, ignoredCommit, top: later.value, topTree: tree }) : later;
}

/** Where the folder is gone, the agent's own commits are all there is. */
function freshWork({
  head,
  base,
  collected,
}: {
  readonly head: string;
  readonly base: string;
  readonly collected: CollectedFiles;
}): SettledWork {
  const { committed } = collected;
  const own = head === base ? null : head;
  const treeCommit = committed === null ? own : (committed.files?.commit ?? null);
  const ignoredCommit = committed?.ignored?.commit ?? null;
  const topTree = newestOf(committed)?.tree ?? null;
  return { treeCommit, ignoredCommit, top: ignoredCommit ?? treeCommit, topTree };
}

const newestOf = (committed: CommittedWork | null) => committed?.ignored ?? committed?.files ?? null;

type Description = Pick<Salvage, 'changedFiles' | 'patchPath' | 'changedFilesPath'>;

async function describe(
  { worktree: { base }, directory }: SalvageRequest,
  { room }: WorkSite,
  { commit, index }: { readonly commit: string | null; readonly index: IndexFile },
): Promise<Result<Description, GitFailure>> {
  const change = { from: base, to: commit ?? base };
  const [files, patch] = await Promise.all([
    commit === null ? ok([]) : listChanges(room, change, index),
    commit === null ? ok(null) : writePatch(room, change, join(directory, 'diff.patch')),
  ]);
  if (!files.ok) return files;
  if (!patch.ok) return patch;
  const changedFilesPath = await writeChangedFiles(directory, { base, commit, files: files.value });
  return ok({ changedFiles: files.value, patchPath: files.value.length === 0 ? null : patch.value, changedFilesPath });
}
