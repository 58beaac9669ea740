import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';

const WAITS_MS = [10, 20, 40, 80, 160, 320, 640] as const;

/**
 * What is over in milliseconds: another git (the user's, an agent's) holds a lock file, or is just making a worktree,
 * whose half-made folder `git worktree add` trips over ("failed to read …/commondir: Success").
 */
const IS_MOMENTARY = /Unable to create '.*\.lock'|\.lock': File exists|failed to read .*worktrees\/.*commondir/;

export async function retryMomentary<T>(
  work: () => Promise<Result<T, GitFailure>>,
  signal?: AbortSignal,
): Promise<Result<T, GitFailure>> {
  for (const waitMs of WAITS_MS) {
    const result = await work();
    if (result.ok || !IS_MOMENTARY.test(result.error.stderrTail) || signal?.aborted) return result;
    await delay(waitMs);
  }
  return work();
}
