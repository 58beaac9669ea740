import { describe, expect, it } from 'vitest';
import { createRepositoryLock } from '../../../../../main/daemon/adapters/git/repository-lock.ts';

describe('the lock of a repository', () => {
  it('GIT-18 lets one in at a time, in the order of asking', async () => {
    const lock = createRepositoryLock();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} in`);
      await Promise.resolve();
      await Promise.resolve();
      events.push(`${name} out`);
      return name;
    };
    const names = await Promise.all(['a', 'b', 'c'].map((name) => lock.hold('/repo', work(name))));
    expect(names).toEqual(['a', 'b', 'c']);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('GIT-18 of one repository does not hold up another', async () => {
    const lock = createRepositoryLock();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = lock.hold('/one', () => promise);
    await lock.hold('/two', () => Promise.resolve());
    resolve();
    await first;
  });

  it('GIT-18 goes on after work that failed', async () => {
    const lock = createRepositoryLock();
    await expect(lock.hold('/repo', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await lock.hold('/repo', () => Promise.resolve('next'))).toBe('next');
  });
});
