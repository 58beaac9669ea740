import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { assertNever, type Result } from '../../../contract/result.ts';

/** How long a log is by now. */
export interface LogLength {
  readonly bytes: number;
  readonly isLive: boolean;
}

export interface WatchedLog {
  /** Null: there is no log. */
  readonly measure: (signal: AbortSignal) => Promise<Result<LogLength | null, ClientFailure>>;
  readonly countLines: (signal: AbortSignal) => Promise<Result<number, ClientFailure>>;
  /** Resolves when the log is longer, or closed: true when it is longer. */
  readonly waitBeyond: (bytes: number, signal: AbortSignal) => Promise<boolean>;
  readonly onLength: (length: LogLength & { readonly lines: number }) => Promise<void> | void;
  readonly onNone: () => void;
  readonly onFailure: (failure: ClientFailure) => void;
  readonly signal: AbortSignal;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Four times a second is what eyes follow; a log that is quiet costs nothing. */
const PAUSE_MS = 250;
/** The log is closed, and its attempt goes on: it is checked, or its work is saved. */
const CLOSED_PAUSE_MS = 2000;

/**
 * Tells how long a log is whenever it has grown, until its attempt has ended. It is asked for its length and never for
 * what was appended: one that grows faster than it can be drawn is not read.
 */
export async function watchLog(watched: WatchedLog): Promise<void> {
  const { signal, pause = sleep } = watched;
  while (!signal.aborted) {
    const seen = await lookOnce(watched);
    if (signal.aborted) return;
    switch (seen.kind) {
      case 'ended':
        return;
      case 'grows':
        await pause(PAUSE_MS, signal);
        break;
      case 'closed':
        await pause(CLOSED_PAUSE_MS, signal);
        break;
      default:
        assertNever(seen);
    }
  }
}

type Seen = { readonly kind: 'ended' } | { readonly kind: 'grows' } | { readonly kind: 'closed' };

async function lookOnce(watched: WatchedLog): Promise<Seen> {
  const { signal } = watched;
  const length = await watched.measure(signal);
  if (!length.ok) return failed(watched, length.error);
  if (length.value === null) watched.onNone();
  else {
    const lines = await watched.countLines(signal);
    if (!lines.ok) return failed(watched, lines.error);
    await watched.onLength({ ...length.value, lines: lines.value });
    if (!length.value.isLive) return { kind: 'ended' };
  }
  return { kind: (await watched.waitBeyond(length.value?.bytes ?? 0, signal)) ? 'grows' : 'closed' };
}

function failed({ onFailure, signal }: WatchedLog, failure: ClientFailure): Seen {
  if (!signal.aborted) onFailure(failure);
  return { kind: 'closed' };
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
