import type { Result } from '../../../../../contract/result.ts';
import type { GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import { runInRepository } from '../repository.ts';
import { recall } from '../worktree-memory.ts';
import type { CommittedWork, WorkSite } from './capture-work.ts';
import { findLost, type RunOnRefs } from './lost-commits.ts';
import { nameLost, OUR_REFS, type RefEdit, setRefs } from './salvage-refs.ts';
import type { SalvageRef, SalvageRequest } from './salvage-result.ts';
import { saveStagedContent } from './staged-content.ts';

export const runOnRefs =
  ({ repository, signal }: SalvageRequest): RunOnRefs =>
  (command) =>
    runInRepository(repository, { ...command, signal });

export interface Rest {
  readonly site: WorkSite;
  /** Indexes whose content is kept by commits. */
  readonly indexes: readonly IndexFile[];
  readonly head: string;
  /** Commits that may have no ref. */
  readonly unpinned: readonly string[];
  /** The commits that refs of an earlier salvage name. */
  readonly saved: readonly string[];
  /** The work's own ref, what it names and named before; null when there is no work. */
  readonly work: Pick<RefEdit, 'name' | 'commit' | 'previous'> | null;
}

/** Gives every commit a ref that needs one, the work's own among them, all at once. */
export async function saveRest(
  request: SalvageRequest,
  rest: Rest,
): Promise<Result<readonly SalvageRef[], GitFailure>> {
  const { repository, worktree, ref, atMs } = request;
  const staged = await saveStagedContent({
    ...rest.site,
    gitDir: worktree.adminDir,
    given: recall(repository, worktree)?.pristine.sha256 ?? null,
    kept: rest.indexes,
    head: rest.head,
    subject: ref,
    atMs,
  });
  if (!staged.ok) return staged;
  const commits = [...rest.unpinned, ...(staged.value === null ? [] : [staged.value])];
  const keptBy = [worktree.base, ...rest.saved, ...(rest.work === null ? [] : [rest.work.commit])];
  const lost = await findLost(runOnRefs(request), { commits, keptBy, ignoring: OUR_REFS });
  const named = await nameLost(request, lost);
  if (!named.ok) return named;
  const work: readonly RefEdit[] = rest.work === null ? [] : [{ ...rest.work, holds: 'work' }];
  return setRefs(request, [...work, ...named.value]);
}

export const indexesOf = ({ before }: WorkSite, committed: CommittedWork | null): readonly IndexFile[] => [
  before,
  ...[committed?.files, committed?.ignored].flatMap((commit) => (commit ? [commit.index] : [])),
];
