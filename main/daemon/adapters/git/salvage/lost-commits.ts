import type { Result } from '../../../../../contract/result.ts';
import type { GitFailure } from '../git-failure.ts';
import type { GitOutput, RunGit } from '../git-runner.ts';

/** Runs git where the refs are that would keep a commit. */
export type RunOnRefs = (
  command: Pick<Parameters<RunGit>[0], 'args' | 'input'>,
) => Promise<Result<GitOutput, GitFailure>>;

/**
 * Of these commits the newest that no ref reaches: with a ref on each of them nothing of the others is lost either.
 *
 * Worktrees' own HEADs do not count as refs (`--single-worktree`): the one in question is about to go. When git
 * cannot tell, because some ref is broken, each commit counts as lost.
 */
export async function findLost(
  run: RunOnRefs,
  {
    commits,
    keptBy,
    ignoring,
  }: {
    readonly commits: readonly string[];
    /** Commits that will have a ref. */
    readonly keptBy: readonly string[];
    /** Refs that keep nothing, as a pattern. */
    readonly ignoring: string | null;
  },
): Promise<readonly string[]> {
  const asked = commits.filter((commit) => !keptBy.includes(commit));
  if (asked.length === 0) return [];
  const ignored = [SHARED_STASH, ...(ignoring === null ? [] : [ignoring])].map((pattern) => `--exclude=${pattern}`);
  const listed = await run({
    args: [...LIST_UNREACHED, ...keptBy, ...ignored, '--all'],
    input: asked.map((commit) => `${commit}\n`).join(''),
  });
  return listed.ok ? tipsIn(listed.value.stdout.toString()) : [...asked].sort();
}

/** All worktrees of a repository have one stash: the next `git stash` of anybody takes the ref away from what it kept. */
const SHARED_STASH = 'refs/stash';

const LIST_UNREACHED = ['rev-list', '--parents', '--ignore-missing', '--single-worktree', '--stdin', '--not'] as const;

/** Lines of a commit and its parents: the commits that are no parent of another. */
function tipsIn(list: string): readonly string[] {
  const lines = list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  const parents = new Set(lines.flatMap(([, ...rest]) => rest));
  return lines.flatMap(([commit = '']) => (parents.has(commit) ? [] : [commit])).sort();
}
