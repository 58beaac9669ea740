import { join } from 'node:path';
import { ok, type Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';
import { readRegularText } from './read-regular-file.ts';
import { type Repository, runInRepository } from './repository.ts';
import type { SalvageRef } from './salvage/salvage-result.ts';

/**
 * Of the refs that keep an attempt's work, those that do not name it any more. A ref that was just set is a file of its
 * own; only where there is none git is asked, which may have packed it.
 */
export async function findLostRefs(
  repository: Repository,
  refs: readonly SalvageRef[],
): Promise<Result<readonly string[], GitFailure>> {
  const missing: SalvageRef[] = [];
  for (const ref of refs) {
    const named = await readRegularText(join(repository.commonDir, ref.name));
    if (named.trim() !== ref.commit) missing.push(ref);
  }
  if (missing.length === 0) return ok([]);
  const args = ['for-each-ref', '--format=%(objectname) %(refname)', ...missing.map(({ name }) => name)];
  const listed = await runInRepository(repository, { args });
  if (!listed.ok) return listed;
  const present = new Set(listed.value.stdout.toString().split('\n'));
  return ok(missing.filter(({ name, commit }) => !present.has(`${commit} ${name}`)).map(({ name }) => name));
}
