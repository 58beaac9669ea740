import type { ServiceContext } from './context.ts';

const PAUSE_MS = 2000;

/** Known by its name: what the store throws is its own. */
export const isStorageFull = (error: unknown): boolean => error instanceof Error && error.name === 'StorageFull';

/**
 * Writes what has become true of an attempt. A full disk does not make it less true: the write is tried again until
 * there is room. Should the daemon end before that, the next one finds the attempt as it was last stored.
 */
export async function persist<T>(context: Pick<ServiceContext, 'log'>, write: () => T): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return write();
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      if (tries === 1) context.log('error', 'the disk is full: free some space, the daemon keeps trying', { error });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
