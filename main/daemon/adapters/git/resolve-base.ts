import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { makeGateway } from './gateway.ts';
import type { GitFailure } from './git-failure.ts';
import type { GitOutput } from './git-runner.ts';
import { readRegularText } from './read-regular-file.ts';
import { type Repository, type RepositoryPlace, runThroughGateway } from './repository.ts';

/** What a name of a commit means now. */
export async function readCommit(
  place: RepositoryPlace,
  { ref, signal }: { readonly ref: string; readonly signal?: AbortSignal | undefined },
): Promise<Result<string, BaseRefusal>> {
  const asked = await parseRevision(place, `${ref}^{commit}`, signal);
  if (!asked.ok) {
    return err({ code: 'base_not_found', message: `there is no commit named ${ref}`, evidence: asked.error });
  }
  // rev-parse repeats --end-of-options before its answer.
  return ok(asked.value.stdout.toString().trim().split('\n').at(-1) ?? '');
}

/** Through a gateway that has the HEAD of the root, which need not be that of the common directory. */
async function parseRevision(
  place: RepositoryPlace,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<Result<GitOutput, GitFailure>> {
  const head = (await readRegularText(join(place.gitDir, 'HEAD'))).trim();
  const gatewayDir = await mkdtemp(join(tmpdir(), 'codencer-gateway-'));
  try {
    makeGateway(gatewayDir, place.commonDir, head);
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', revision];
    return await runThroughGateway({ ...place, gatewayDir }, { args, signal });
  } finally {
    await rm(gatewayDir, { recursive: true, force: true });
  }
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
