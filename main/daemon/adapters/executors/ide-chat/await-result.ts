import { watch } from 'node:fs';
import type { Result } from '../../../../../contract/result.ts';
import { type ChatResult, readChatResult } from './result-file.ts';

export interface AwaitedResult {
  /** Exists. */
  readonly folder: string;
  readonly path: string;
  readonly signal: AbortSignal;
  /** There is a file, and it still is no result when it is looked at a second time; told once for each reason. */
  readonly onUnreadable: (why: string) => void;
}

/** Watching misses what happens over some network file systems, and ends when the folder is exchanged. */
const POLL_MS = 2000;

/** Because something has changed, or because it was time. */
type Look = 'change' | 'poll';

/** Waits for a result file that can be read. Null: it is not waited for any more. */
export function awaitResult({ folder, path, signal, onUnreadable }: AwaitedResult): Promise<ChatResult | null> {
  const { promise, resolve } = Promise.withResolvers<ChatResult | null>();
  let isLooking = false;
  let lastProblem: string | null = null;
  const told = new Set<string>();

  const judge = (read: Result<ChatResult | null, string>, look: Look) => {
    if (read.ok) {
      lastProblem = null;
      if (read.value !== null) resolve(read.value);
      return;
    }
    // Who writes a file in pieces is not at fault: what is wrong now may be right at the next look.
    if (look === 'poll' && read.error === lastProblem && !told.has(read.error)) {
      told.add(read.error);
      onUnreadable(read.error);
    }
    if (look === 'poll') lastProblem = read.error;
  };
  const lookFor = async (look: Look) => {
    if (isLooking) return;
    isLooking = true;
    judge(await readChatResult(path), look);
    isLooking = false;
  };
  const watcher = watch(folder, () => void lookFor('change'));
  watcher.on('error', () => watcher.close()); // The poll goes on.
  const timer = setInterval(() => void lookFor('poll'), POLL_MS);
  const onAbort = () => resolve(null);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  void lookFor('change');
  return promise.finally(() => {
    watcher.close();
    clearInterval(timer);
    signal.removeEventListener('abort', onAbort);
  });
}
