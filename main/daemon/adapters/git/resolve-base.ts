import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';
import type { GitOutput } from './git-runner.ts';
import { readRegularText } from './read-regular-file.ts';
import { type Repository, type RepositoryPlace, runThroughGateway } from './repository.ts';
import { withTemporaryGateway } from './temporary-gateway.ts';

/** What a name of a commit means now. */
export async function readCommit(
  place: RepositoryPlace,
  { ref, signal }: { readonly ref: string; readonly signal?: AbortSignal | undefined },
): Promise<Result<string, BaseRefusal>> {
  const asked = await parseRevision(place, `${ref}^{commit}`, signal);
  if (!asked.ok) {
    return err(refusalOf(ref, asked.error));
  }
  // rev-parse repeats --end-of-options before its answer.
  return ok(asked.value.stdout.toString().trim().split('\n').at(-1) ?? '');
}

const refusalOf = (ref: string, evidence: GitFailure): BaseRefusal =>
  evidence.exitCode === null
    ? { code: 'base_unknown', message: `it cannot be told what ${ref} is: ${evidence.message}`, evidence }
    : { code: 'base_not_found', message: `there is no commit named ${ref}`, evidence };

/** Through a gateway that has the HEAD of the root, which need not be that of the common directory. */
async function parseRevision(
  place: RepositoryPlace,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<Result<GitOutput, GitFailure>> {
  const head = (await readRegularText(join(place.gitDir, 'HEAD'))).trim();
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', revision];
  return withTemporaryGateway({ commonDir: place.commonDir, head }, (gatewayDir) =>
    runThroughGateway({ ...place, gatewayDir }, { args, signal }),
  );
}

/** `base_unknown`: git has not answered, so that nothing is known about the name. */
export interface BaseRefusal {
  readonly code: 'base_not_found' | 'base_unknown';
  readonly message: string;
  readonly evidence: GitFailure;
}

/** The commit that a task starts from; null means HEAD of the repository as it is now. */
export const resolveBase = (
  repository: Repository,
  ref: string | null,
  signal?: AbortSignal,
): Promise<Result<string, BaseRefusal>> => readCommit(repository, { ref: ref ?? 'HEAD', signal });
