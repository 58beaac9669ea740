import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../../contract/result.ts';
import type { GitFailure } from '../../../../../main/daemon/adapters/git/git-failure.ts';
import { retryMomentary } from '../../../../../main/daemon/adapters/git/retry-momentary.ts';

const failure = (stderrTail: string): GitFailure => ({
  code: 'git_failed',
  message: '',
  command: 'git',
  args: [],
  cwd: '/',
  exitCode: 128,
  stderrTail,
  cause: null,
});

/** Fails with these words, each once, and works then. */
function failing(words: readonly string[]) {
  const left = [...words];
  let tries = 0;
  return {
    tries: () => tries,
    work: () => {
      tries += 1;
      const next = left.shift();
      return Promise.resolve(next === undefined ? ok('done') : err(failure(next)));
    },
  };
}

const LOCKED = "error: cannot lock ref 'refs/x': Unable to create '/r/.git/refs/x.lock': File exists.";
const HALF_MADE = 'fatal: failed to read .git/worktrees/a-1/commondir: Success';

describe('what is over in milliseconds', () => {
  it('GIT-18 GIT-31 is tried again', async () => {
    const { work, tries } = failing([LOCKED, HALF_MADE]);
    expect(await retryMomentary(work)).toEqual(ok('done'));
    expect(tries()).toBe(3);
  });

  it.each(["fatal: cannot lock ref 'refs/x': reference already exists", 'fatal: invalid reference: x'])(
    'GIT-31 is not what lasts: %s',
    async (words) => {
      const { work, tries } = failing([words]);
      expect((await retryMomentary(work)).ok).toBe(false);
      expect(tries()).toBe(1);
    },
  );

  it('GIT-31 is given up when somebody asks to stop', async () => {
    const { work, tries } = failing([LOCKED, LOCKED]);
    expect((await retryMomentary(work, AbortSignal.abort())).ok).toBe(false);
    expect(tries()).toBe(1);
  });
});
