/**
 * One holder at a time, in the order of asking, per repository. Only for what changes the list of worktrees; checking
 * out, capturing and committing need no lock and run side by side.
 */
export interface RepositoryLock {
  readonly hold: <T>(commonDir: string, work: () => Promise<T>) => Promise<T>;
}

export function createRepositoryLock(): RepositoryLock {
  const tails = new Map<string, Promise<void>>();
  return {
    async hold(commonDir, work) {
      const before = tails.get(commonDir) ?? Promise.resolve();
      const { promise: tail, resolve: release } = Promise.withResolvers<void>();
      tails.set(commonDir, tail);
      await before;
      try {
        return await work();
      } finally {
        release();
        if (tails.get(commonDir) === tail) tails.delete(commonDir);
      }
    },
  };
}
