import { err, ok, type Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';
import type { Repository, RepositoryPlace } from './repository.ts';

/** What a name of a commit means now. */
export async function readCommit(
  { git, root, gitDir, commonDir, objectsDir }: RepositoryPlace,
  { ref, signal }: { readonly ref: string; readonly signal?: AbortSignal | undefined },
): Promise<Result<string, BaseRefusal>> {
  const asked = await git({
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    cwd: root,
    env: { GIT_DIR: gitDir, GIT_COMMON_DIR: commonDir, GIT_OBJECT_DIRECTORY: objectsDir, GIT_WORK_TREE: root },
    signal,
  });
  if (!asked.ok)
    return err({ code: 'base_not_found', message: `there is no commit named ${ref}`, evidence: asked.error });
  // rev-parse repeats --end-of-options before its answer.
  return ok(asked.value.stdout.toString().trim().split('\n').at(-1) ?? '');
}

export interface BaseRefusal {
  readonly code: 'base_not_found';
  readonly message: string;
  readonly evidence: GitFailure;
}

/** The commit that a task starts from; null means HEAD of the repository as it is now. */
export const resolveBase = (
  repository: Repository,
  ref: string | null,
  signal?: AbortSignal,
): Promise<Result<string, BaseRefusal>> => readCommit(repository, { ref: ref ?? 'HEAD', signal });
