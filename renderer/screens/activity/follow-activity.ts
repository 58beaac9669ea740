import { openActivity } from '../../../contract/client/activity-routes.ts';
import { type ClientActivity, clientActivity } from '../../../contract/client/client-activity.ts';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { parseJson } from '../../../contract/client/json-value.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import { ok, type Result } from '../../../contract/result.ts';

/** How far the reading has come. */
export type ActivityLife =
  | { readonly kind: 'asking' }
  | { readonly kind: 'none' }
  | { readonly kind: 'live' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: ClientFailure };

export interface FollowedActivity {
  readonly connection: Connection;
  readonly attemptId: string;
  /** At most so much is read, from the end. */
  readonly mostBytes: number;
  readonly onSkipped: (bytes: number) => void;
  readonly onTold: (told: ClientActivity) => void;
  readonly onLife: (life: ActivityLife) => void;
  /** Whether an agent may still begin. */
  readonly mayStart: () => boolean;
  readonly signal: AbortSignal;
}

const PAUSE_MS = 1000;

/** Tells what an agent did and does, each line once, until it has ended; goes on where it was after a broken connection. */
export async function followActivity(followed: FollowedActivity): Promise<void> {
  const { onLife, signal, mostBytes } = followed;
  let reader: LineReader | null = null;
  while (!signal.aborted) {
    const length = await measure(followed);
    if (signal.aborted) return;
    if (!length.ok) onLife({ kind: 'failed', failure: length.error });
    else if (length.value === null) {
      onLife({ kind: 'none' });
      if (!followed.mayStart()) return;
    } else {
      const { bytes, isLive } = length.value;
      if (reader === null) {
        const skipped = Math.max(0, bytes - mostBytes);
        reader = lineReader(skipped, followed.onTold);
        followed.onSkipped(skipped);
      }
      if (isLive) onLife({ kind: 'live' });
      await readFrom(followed, reader);
      if (!isLive && reader.offset() >= bytes) {
        onLife({ kind: 'ended' });
        return;
      }
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
}: FollowedActivity): Promise<Result<Length | null, ClientFailure>> {
  const reply = await openActivity(connection, { kind: 'attempt', id: attemptId }, { limitBytes: 0, signal });
  if (!reply.ok) return reply;
  if (reply.value.status === 204) return ok(null);
  await reply.value.text();
  const { headers } = reply.value;
  const bytes = Number(headers.get('x-codencer-log-bytes') ?? 0);
  return ok({ bytes, isLive: headers.get('x-codencer-log-live') === 'true' });
}

async function readFrom({ connection, attemptId, signal }: FollowedActivity, reader: LineReader): Promise<void> {
  const of = { kind: 'attempt', id: attemptId } as const;
  const reply = await openActivity(connection, of, { isFollowing: true, offset: reader.offset(), signal });
  if (!reply.ok) return;
  try {
    for await (const chunk of reply.value.body ?? []) reader.push(chunk);
  } catch {
    // The connection broke, or nobody looks any more: it is asked for again from the byte that came last.
  }
}

export interface LineReader {
  readonly push: (chunk: Uint8Array) => void;
  /** In bytes: what was pushed, and what lies before it. */
  readonly offset: () => number;
}

/** Cuts bytes into lines and reads each. What begins in the middle of a line begins with the next one. */
export function lineReader(from: number, onTold: (told: ClientActivity) => void): LineReader {
  const decoder = new TextDecoder();
  let offset = from;
  let held = '';
  let isInside = from > 0;
  return {
    offset: () => offset,
    push: (chunk) => {
      offset += chunk.length;
      const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
      held = lines.pop() ?? '';
      if (isInside && lines.length > 0) {
        lines.shift();
        isInside = false;
      }
      for (const line of lines) tell(line, onTold);
    },
  };
}

/** A line that cannot be read is half of one, of a daemon that was killed while it wrote it, or of a newer daemon. */
function tell(line: string, onTold: (told: ClientActivity) => void): void {
  const json = parseJson(line);
  const told = json.ok ? readFields(json.value, clientActivity) : json;
  if (told.ok) onTold(told.value);
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
