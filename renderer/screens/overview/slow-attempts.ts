import type { ClientRunningAttempt } from '../../../contract/client/client-overview.ts';

/** Since when the last line of an attempt is what it is, as far as this page has seen. */
export interface Quiet {
  readonly line: string | null;
  readonly sinceMs: number;
}

export type QuietBook = ReadonlyMap<string, Quiet>;

/** The book after another look. What is not running any more is out of it. */
export function noteLines(book: QuietBook, running: readonly ClientRunningAttempt[], nowMs: number): QuietBook {
  return new Map(
    running.map(({ attemptId, lastLine }) => {
      const known = book.get(attemptId);
      return [attemptId, known?.line === lastLine ? known : { line: lastLine, sinceMs: nowMs }];
    }),
  );
}

export interface SlowAttempt {
  readonly attempt: ClientRunningAttempt;
  readonly kind: 'long' | 'quiet';
  /** How long it has run, or how long it has said nothing. */
  readonly forMs: number;
}

const LONG_MS = 60 * 60_000;
const QUIET_MS = 10 * 60_000;
/** Waiting for a person is neither. */
const WORKING: ReadonlySet<string> = new Set(['dispatching', 'running', 'collecting_artifacts', 'validating']);

/** An attempt that waits for a person is alive, and nothing runs of it. */
export const isWorking = ({ state }: Pick<ClientRunningAttempt, 'state'>): boolean => WORKING.has(state);

/** Attempts that may be stuck, the longest first. */
export function slowAttempts(
  running: readonly ClientRunningAttempt[],
  book: QuietBook,
  nowMs: number,
): readonly SlowAttempt[] {
  return running
    .filter(isWorking)
    .flatMap((attempt): readonly SlowAttempt[] => {
      const quietMs = nowMs - (book.get(attempt.attemptId)?.sinceMs ?? nowMs);
      const runsMs = nowMs - (attempt.startedAtMs ?? nowMs);
      if (quietMs >= QUIET_MS) return [{ attempt, kind: 'quiet', forMs: quietMs }];
      return runsMs >= LONG_MS ? [{ attempt, kind: 'long', forMs: runsMs }] : [];
    })
    .toSorted((a, b) => b.forMs - a.forMs);
}
