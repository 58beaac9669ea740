import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { openTerminal } from '../../../contract/client/terminal-routes.ts';
import { ok, type Result } from '../../../contract/result.ts';

/** What is known of a terminal. */
export type TerminalLife =
  | { readonly kind: 'asking' }
  /** It has none, or none yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'live' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: ClientFailure };

export interface FollowedTerminal {
  readonly connection: Connection;
  readonly attemptId: string;
  /** Resolves when the bytes are drawn. */
  readonly show: (bytes: Uint8Array) => Promise<void>;
  readonly onLife: (life: TerminalLife) => void;
  /** Whether its program may still get one. */
  readonly mayStart: () => boolean;
  readonly signal: AbortSignal;
}

/** More is beyond what a terminal keeps. */
const MOST_BYTES = 2 * 1024 * 1024;
const PAUSE_MS = 1000;

/** Shows a terminal from what it keeps on, to its end; goes on where it was when the connection breaks. */
export async function followTerminal(followed: FollowedTerminal): Promise<void> {
  const { onLife, signal } = followed;
  let shown: number | null = null;
  while (!signal.aborted) {
    const length = await measure(followed);
    if (signal.aborted) return;
    if (!length.ok) onLife({ kind: 'failed', failure: length.error });
    else if (length.value === null) {
      onLife({ kind: 'none' });
      if (!followed.mayStart()) return;
    } else {
      const { bytes, isLive } = length.value;
      onLife({ kind: isLive ? 'live' : 'ended' });
      shown = await showFrom(followed, shown ?? Math.max(0, bytes - MOST_BYTES));
      if (!isLive && shown >= bytes) return;
    }
    await sleep(PAUSE_MS, signal);
  }
}

interface Length {
  readonly bytes: number;
  readonly isLive: boolean;
}

async function measure({
  connection,
  attemptId,
  signal,
}: FollowedTerminal): Promise<Result<Length | null, ClientFailure>> {
  const reply = await openTerminal(connection, attemptId, { limitBytes: 0, signal });
  if (!reply.ok) return reply;
  if (reply.value.status === 204) return ok(null);
  await reply.value.text();
  const { headers } = reply.value;
  return ok({
    bytes: Number(headers.get('x-codencer-log-bytes') ?? 0),
    isLive: headers.get('x-codencer-log-live') === 'true',
  });
}

/** Answers with the byte up to which all is shown. */
async function showFrom({ connection, attemptId, show, signal }: FollowedTerminal, from: number): Promise<number> {
  const reply = await openTerminal(connection, attemptId, { isFollowing: true, offset: from, signal });
  if (!reply.ok) return from;
  let shown = from;
  try {
    for await (const chunk of reply.value.body ?? []) {
      await show(chunk);
      shown += chunk.length;
    }
  } catch {
    // The connection broke, or nobody looks any more: it is asked for again from the byte that is shown.
  }
  return shown;
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
