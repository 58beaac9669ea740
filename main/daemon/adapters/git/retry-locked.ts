import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';

/** Another git (the user's, a background gc) holds one of git's own lock files for some milliseconds at most. */
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640] as const;

const IS_LOCKED = /Unable to create '.*\.lock'|\.lock': File exists/;

export async function retryLocked<T>(
  work: () => Promise<Result<T, GitFailure>>,
  signal?: AbortSignal,
): Promise<Result<T, GitFailure>> {
  for (const waitMs of WAITS_MS) {
    const result = await work();
    if (result.ok || !IS_LOCKED.test(result.error.stderrTail) || signal?.aborted) return result;
    await delay(waitMs);
  }
  return work();
}
