import { statSync } from 'node:fs';
import { hasCode } from '../adapters/files/file-problem.ts';
import type { Store } from '../store/store.ts';

/** Often enough that nobody works for long on what no longer counts; two calls of the system each time. */
const LOOK_EVERY_MS = 1000;

/**
 * Notices that the files of a place are no longer under their names: somebody removed `.codencer`, or moved the
 * repository. The kernel goes on writing to what is open, and whatever is recorded then is gone with the process.
 */
export interface PlaceWatch {
  /** Resolves with a sentence when a file is not there any more, or another one is in its place. */
  readonly gone: Promise<string>;
  /** The same record, whose transactions refuse (`RECORD_GONE`) when it is no longer there. */
  guard(store: Store): Store;
  stop(): void;
}

export function watchPlace(paths: readonly string[]): PlaceWatch {
  const files = paths.map((path) => ({ path, identity: identityOf(path) }));
  const { promise, resolve } = Promise.withResolvers<string>();
  const look = (): string | null => {
    const missing = files.find((file) => !isInPlace(file));
    if (missing === undefined) return null;
    const sentence = sentenceOf(missing.path);
    resolve(sentence);
    return sentence;
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    gone: promise,
    guard: (store) => ({
      ...store,
      transaction(work) {
        const sentence = look();
        if (sentence !== null) throw Object.assign(new Error(sentence), { code: 'RECORD_GONE' });
        return store.transaction(work);
      },
    }),
    stop: () => clearInterval(timer),
  };
}

function isInPlace({ path, identity }: { readonly path: string; readonly identity: string | null }): boolean {
  try {
    return identityOf(path) === identity;
  } catch {
    return true; // It cannot be told now, for want of a right or of memory: that alone ends nobody's work.
  }
}

/** What tells a file from another one of the same name; null when there is none. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

const sentenceOf = (path: string): string =>
  `${JSON.stringify(path)} was removed or moved while the daemon ran: nothing can be recorded any more, so the daemon ends; start it again where the repository is now`;
