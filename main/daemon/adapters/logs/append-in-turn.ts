import { createAppendQueue } from './append-queue.ts';
import { describeLogError, type LogError } from './log-error.ts';
import type { LogFile } from './log-file.ts';

/** What became of everything that was written to a log. */
export type LogOutcome =
  | { readonly kind: 'complete' }
  /** The log was longer than it may be. */
  | { readonly kind: 'cut'; readonly maxBytes: number; readonly droppedBytes: number }
  | { readonly kind: 'failed'; readonly error: LogError; readonly droppedBytes: number };

/** Takes bytes at once and appends them to the file one batch after the other. Nothing of it rejects. */
export interface Appender {
  /** Copies what still fits into the log; the rest is counted as dropped. */
  readonly accept: (bytes: Uint8Array) => void;
  /** Settled when everything accepted is in the file or known to be lost; undefined while little is underway. */
  readonly caughtUp: () => Promise<void> | undefined;
  /** Appends the rest, makes the file durable and read-only, and closes it. */
  readonly finish: () => Promise<LogOutcome>;
}

export interface AppenderOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly onAppended: () => void;
}

/** More than this behind the batch that is being written makes the program wait. */
const highWaterBytes = 128 * 1024;

export function createAppender(file: LogFile, { path, maxBytes, onAppended }: AppenderOptions): Appender {
  const queue = createAppendQueue();
  let acceptedBytes = 0;
  let droppedBytes = 0;
  let failure: LogError | null = null;
  let writing: Promise<void> | null = null;

  const failWhile = (operation: LogError['operation']) => (cause: unknown) => {
    failure ??= describeLogError(operation, path, cause);
  };
  const writeQueue = async () => {
    while (queue.byteCount() > 0) {
      const bytes = queue.take();
      const sizeBefore = file.sizeBytes();
      await (failure === null ? file.append(bytes).catch(failWhile('write')) : undefined);
      droppedBytes += bytes.length - (file.sizeBytes() - sizeBefore);
      onAppended();
    }
    writing = null;
  };
  const outcome = (): LogOutcome => {
    if (failure !== null) return { kind: 'failed', error: failure, droppedBytes };
    return droppedBytes > 0 ? { kind: 'cut', maxBytes, droppedBytes } : { kind: 'complete' };
  };

  return {
    accept: (bytes) => {
      const fitting = bytes.subarray(0, failure === null ? maxBytes - acceptedBytes : 0);
      acceptedBytes += fitting.length;
      droppedBytes += bytes.length - fitting.length;
      queue.append(fitting);
      if (fitting.length > 0) writing ??= writeQueue();
    },
    caughtUp: () => (queue.byteCount() > highWaterBytes ? (writing ?? undefined) : undefined),
    finish: async () => {
      await writing;
      queue.release();
      await file.seal().catch(failWhile('close'));
      await file.close().catch(failWhile('close'));
      return outcome();
    },
  };
}
