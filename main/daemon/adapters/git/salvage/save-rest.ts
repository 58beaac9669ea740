import { ok, type Result } from '../../../../../contract/result.ts';
import type { GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import { runInRepository } from '../repository.ts';
import { pristineIndexOf } from '../worktree-record.ts';
import type { CommittedWork, WorkSite } from './capture-work.ts';
import { findLost, type RunOnRefs } from './lost-commits.ts';
import { lostRefPattern, nameLost, type RefEdit, setRefs } from './salvage-refs.ts';
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
  /** What the work's own ref names, and named before; null when there is no work. */
  readonly work: Pick<RefEdit, 'commit' | 'previous'> | null;
}

/** Gives every commit a ref that needs one, the work's own among them, all at once. */
export async function saveRest(
  request: SalvageRequest,
  rest: Rest,
): Promise<Result<readonly SalvageRef[], GitFailure>> {
  const { worktree, ref, atMs } = request;
  const staged = await saveStagedContent({
    ...rest.site,
    gitDir: worktree.adminDir,
    given: pristineIndexOf(worktree),
    kept: rest.indexes,
    head: rest.head,
    subject: ref,
    atMs,
  });
  if (!staged.ok) return staged;
  const commits = [...rest.unpinned, ...(staged.value === null ? [] : [staged.value])];
  const keptBy = [worktree.base, ...(rest.work === null ? [] : [rest.work.commit])];
  const lost = await findLost(runOnRefs(request), { commits, keptBy, ignoring: lostRefPattern(ref) });
  const named = await nameLost(request, lost);
  if (!named.ok) return named;
  const work: readonly RefEdit[] = rest.work === null ? [] : [{ ...rest.work, name: ref, holds: 'work' }];
  const edits = [...work, ...named.value];
  const set = await setRefs(request, edits);
  return set.ok ? ok(edits.map(({ name, commit, holds }) => ({ name, commit, holds }))) : set;
}

export const indexesOf = ({ before }: WorkSite, committed: CommittedWork | null): readonly IndexFile[] => [
  before,
  ...[committed?.files, committed?.ignored].flatMap((commit) => (commit ? [commit.index] : [])),
];
