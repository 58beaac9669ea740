import { ok, type Result } from '../../../../../contract/result.ts';
import { attemptWithFiles, type GitFailure } from '../git-failure.ts';
import { salvagedIndexOf } from '../worktree-record.ts';
import { readAgentCommits } from './agent-commits.ts';
import { beginSalvage } from './begin-salvage.ts';
import type { WorkSite } from './capture-work.ts';
import { collectFiles } from './collect-files.ts';
import { listChanges } from './describe-changes.ts';
import type { FurtherSalvage, Salvage, SalvageRequest } from './salvage-result.ts';
import { outcomeOf } from './salvage-worktree.ts';
import { indexesOf, runOnRefs, saveRest } from './save-rest.ts';
import { keepIndex, openSite } from './work-site.ts';

export type AgainRequest = SalvageRequest & { readonly previous: Pick<Salvage, 'head' | 'refs' | 'bundles'> };

/**
 * Saves what changed since the last salvage, in one further commit that stays outside the diff. Without a change it
 * takes no process, so it can be asked before every clean-up.
 */
export function salvageAgain(request: AgainRequest): Promise<Result<FurtherSalvage, GitFailure>> {
  const { previous, worktree } = request;
  const top = previous.refs.find(({ holds }) => holds === 'work')?.commit ?? null;
  return attemptWithFiles('salvage', worktree.path, async () => {
    const { atMs } = await beginSalvage(worktree, request.atMs);
    const site = await openSite(request, { from: 'salvage', commit: top ?? previous.head });
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
  site: WorkSite,
  top: string | null,
): Promise<Result<FurtherSalvage, GitFailure>> {
  const { worktree, previous } = request;
  const { adminDir, base } = worktree;
  const { objectFormat } = site;
  const agent = await readAgentCommits({ objectFormat, gitDir: adminDir, base, run: runOnRefs(request) });
  if (!agent.ok) return agent;
  const below = top ?? previous.head;
  const plan = { base: below, head: below, kind: 'validations', ignoredKind: null, atMs: request.nowMs } as const;
  const collected = await collectFiles(request, site, plan);
  if (!collected.ok) return collected;
  const { committed, nested } = collected.value;
  const commit = committed?.files?.commit ?? null;
  const head = agent.value.head ?? base;
  const refs = await saveRest(request, {
    site,
    indexes: indexesOf(site, committed),
    head,
    unpinned: [...agent.value.mentioned, head, ...nested.unpinned],
    work: commit === null ? null : { commit, previous: top },
  });
  if (!refs.ok) return refs;
  const changedFiles = commit === null ? ok([]) : await listChanges(site.room, { from: below, to: commit });
  if (!changedFiles.ok) return changedFiles;
  await keepIndex(site, worktree, salvagedIndexOf(worktree));
  const known = new Set(previous.bundles.map(({ fingerprint }) => fingerprint));
  const outcome = outcomeOf(collected.value);
  const bundles = outcome.bundles.filter(({ fingerprint }) => !known.has(fingerprint));
  return ok({ commit, changedFiles: changedFiles.value, refs: refs.value, ...outcome, bundles });
}
