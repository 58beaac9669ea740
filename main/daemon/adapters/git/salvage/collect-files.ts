import { lstat } from 'node:fs/promises';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import type { Capture } from '../capture-tree.ts';
import { errorCodeOf } from '../error-code.ts';
import { abortedFailure, type GitFailure } from '../git-failure.ts';
import { type CommittedWork, captureSite, commitWork, type WorkPlan, type WorkSite } from './capture-work.ts';
import { findForeignObjects } from './foreign-objects.ts';
import { recordHeads } from './nested-files.ts';
import { saveNested } from './nested-repositories.ts';
import type { NestedPlan } from './nested-room.ts';
import { type NestedWork, NO_NESTED } from './nested-work.ts';
import { DEFAULT_LIMITS, type NotSaved, type Salvage, type SalvageRequest } from './salvage-result.ts';
import { saveModules } from './saved-modules.ts';
import { findUntouchedIn, type OwnSite } from './work-site.ts';

/** The files of a worktree and the repositories in it, as commits and bundles. */
export interface CollectedFiles {
  /** Null when the worktree's folder is not there. */
  readonly committed: CommittedWork | null;
  readonly nested: NestedWork;
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
}

export type CollectPlan = Pick<WorkPlan, 'base' | 'head' | 'kind' | 'ignoredKind' | 'atMs'>;

export async function collectFiles(
  request: SalvageRequest,
  site: OwnSite,
  plan: CollectPlan,
): Promise<Result<CollectedFiles, GitFailure>> {
  const presence = await presenceOf(site.root);
  if (presence !== 'folder') return collectAbsent(request, presence);
  const capture = await captureSite(site);
  if (!capture.ok) return capture;
  const nested = await collectNested(request, site, capture.value);
  if (!nested.ok) return nested;
  const committed = await commitWork(site, capture.value, {
    ...plan,
    findUntouched: (after) => findUntouchedIn(request, site, after),
    subject: request.ref,
  });
  if (!committed.ok) return committed;
  const foreign = await findForeignObjects(request.repository);
  return ok({
    committed: committed.value,
    nested: nested.value,
    notSaved: [...foreign, ...committed.value.notSaved, ...nested.value.notSaved],
    cachesListed: [...committed.value.cachesListed, ...nested.value.cachesListed],
  });
}

type Presence = 'folder' | 'nothing' | 'something else';

async function presenceOf(path: string): Promise<Presence> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'something else';
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return 'nothing';
    throw error;
  }
}

/** An agent may remove the folder it works in. Its commits are still there; nothing is made of its files. */
async function collectAbsent(request: SalvageRequest, presence: Presence): Promise<Result<CollectedFiles, GitFailure>> {
  const nested = await saveModules(nestedPlanOf(request), request.worktree, NO_NESTED);
  const replaced: NotSaved = {
    path: '.',
    code: 'special_file',
    reason: 'something else is where the folder of the worktree was',
    keepsWorktree: true,
  };
  const foreign = await findForeignObjects(request.repository);
  const notSaved = presence === 'nothing' ? foreign : [...foreign, replaced];
  return ok({ committed: null, nested, notSaved: [...notSaved, ...nested.notSaved], cachesListed: [] });
}

async function collectNested(
  request: SalvageRequest,
  site: WorkSite,
  capture: Capture,
): Promise<Result<NestedWork, GitFailure>> {
  const plan = nestedPlanOf(request);
  const place = { root: site.root, prefix: '', folders: capture.nested, index: site.before };
  const nested = await saveModules(plan, request.worktree, await saveNested(plan, place));
  if (request.signal?.aborted) return err(abortedFailure('salvage', site.root));
  const recorded = await recordHeads(site, nested.heads);
  return recorded.ok ? ok(nested) : recorded;
}

const nestedPlanOf = ({ repository, directory, ref, atMs, limits, signal }: SalvageRequest): NestedPlan => ({
  repository,
  directory,
  subject: ref,
  atMs,
  limits: limits ?? DEFAULT_LIMITS,
  signal,
});
