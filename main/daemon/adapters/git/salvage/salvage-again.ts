import { ok, type Result } from '../../../../../contract/result.ts';
import { attemptWithFiles, type GitFailure } from '../git-failure.ts';
import { recall, type SavedWork } from '../worktree-memory.ts';
import { beginSalvage } from './begin-salvage.ts';
import type { CommittedWork } from './capture-work.ts';
import { collectFiles } from './collect-files.ts';
import { listChanges } from './describe-changes.ts';
import { readOwnCommits } from './own-commits.ts';
import type { FurtherSalvage, Salvage, SalvageRef, SalvageRequest } from './salvage-result.ts';
import { outcomeOf } from './salvage-worktree.ts';
import { indexesOf, saveRest } from './save-rest.ts';
import { keepIndex, type OwnSite, openSite } from './work-site.ts';

export type AgainRequest = SalvageRequest & { readonly previous: Pick<Salvage, 'head' | 'refs' | 'bundles'> };

/**
 * Saves what changed since the last salvage, in one further commit that stays outside the diff. Without a change it
 * takes no process, so it can be asked before every clean-up.
 */
export function salvageAgain(request: AgainRequest): Promise<Result<FurtherSalvage, GitFailure>> {
  const { previous, worktree } = request;
  const top = previous.refs.find(({ holds }) => holds === 'work') ?? null;
  return attemptWithFiles('salvage', worktree.path, async () => {
    const atMs = await beginSalvage(worktree, request.atMs);
    const site = await openSite(request, { from: 'salvage', commit: top?.commit ?? previous.head });
    if (!site.ok) return site;
    try {
      return await saveAgain({ ...request, atMs, nowMs: request.atMs }, site.value, top);
    } finally {
      await site.value.room.dispose();
    }
  });
}

async function saveAgain(
  request: AgainRequest & { readonly nowMs: number },
  site: OwnSite,
  top: SalvageRef | null,
): Promise<Result<FurtherSalvage, GitFailure>> {
  const { worktree, previous } = request;
  const agent = await readOwnCommits(request);
  if (!agent.ok) return agent;
  const below = top?.commit ?? previous.head;
  const plan = { base: below, head: below, kind: 'validations', ignoredKind: null, atMs: request.nowMs } as const;
  const collected = await collectFiles(request, site, plan);
  if (!collected.ok) return collected;
  const { committed, nested } = collected.value;
  const commit = committed?.files?.commit ?? null;
  const head = agent.value.head ?? worktree.base;
  const refs = await saveRest(request, {
    site,
    indexes: indexesOf(site, committed),
    head,
    unpinned: [...agent.value.mentioned, head, ...nested.unpinned],
    saved: previous.refs.map((ref) => ref.commit),
    work: commit === null ? null : { name: top?.name ?? request.ref, commit, previous: top?.commit ?? null },
  });
  if (!refs.ok) return refs;
  const changedFiles =
    commit === null
      ? ok([])
      : await listChanges(site.room, { from: below, to: commit }, committed?.files?.index ?? site.before);
  if (!changedFiles.ok) return changedFiles;
  await keepIndex(site, request, newestWork(request, committed, refs.value));
  const known = new Set(previous.bundles.map(({ fingerprint }) => fingerprint));
  const outcome = outcomeOf(collected.value);
  const bundles = outcome.bundles.filter(({ fingerprint }) => !known.has(fingerprint));
  return ok({ commit, changedFiles: changedFiles.value, refs: refs.value, ...outcome, bundles });
}

/** The work as the next salvage finds it: the first outcome, and what came on top. */
function newestWork(
  { repository, worktree }: SalvageRequest,
  committed: CommittedWork | null,
  refs: readonly SalvageRef[],
): SavedWork | null {
  const earlier = recall(repository, worktree)?.saved?.work ?? null;
  const ref = refs.find(({ holds }) => holds === 'work');
  if (ref === undefined) return earlier;
  const first = earlier ?? { treeCommit: null, ignoredCommit: null };
  return { ...first, ref: ref.name, top: ref.commit, topTree: committed?.files?.tree ?? null };
}
