import { type ClientEvent, clientEvent } from '../../contract/client/client-event.ts';
import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { openEvents } from '../../contract/client/event-routes.ts';
import type { ClientReply, Connection } from '../../contract/client/http-types.ts';
import { parseJson } from '../../contract/client/json-value.ts';
import { readEventStream } from '../../contract/client/read-event-stream.ts';
import { readFields } from '../../contract/client/read-fields.ts';
import { ok, type Result } from '../../contract/result.ts';
import { backoffMs } from './backoff.ts';
import type { FeedStatus } from './feed-status.ts';

export interface EventFeed {
  readonly connection: Connection;
  /** The newest sequence number of the log: what is read after it was told knows all before it. */
  readonly newestSeq: () => Promise<Result<number, ClientFailure>>;
  readonly onEvent: (event: ClientEvent) => void;
  /** Events are missing: whatever was read before has to be read anew. */
  readonly onGap: () => void;
  readonly onStatus: (status: FeedStatus) => void;
  readonly signal: AbortSignal;
}

/** The daemon's heartbeat comes every 15 s. */
const SILENCE_MS = 35_000;

/** The one stream of this page: opened, read, and opened again where it broke off, until the signal. */
export async function followEvents(feed: EventFeed): Promise<void> {
  let after: number | null = null;
  let failures = 0;
  while (!feed.signal.aborted) {
    const read = await readOnce(feed, after);
    if (feed.signal.aborted) return;
    if (!read.ok && read.error.kind === 'refused' && read.error.status === 401) {
      feed.onStatus({ kind: 'locked-out' });
      return;
    }
    if (read.ok) {
      after = read.value;
      failures = 0;
    }
    if (failures === 0) feed.onStatus({ kind: 'offline', sinceMs: Date.now() });
    await pause(backoffMs(failures, Math.random()), feed.signal);
    failures += 1;
  }
}

/** Opens the stream and reads it to its end. Gives the last sequence number that came. */
async function readOnce(feed: EventFeed, known: number | null): Promise<Result<number, ClientFailure>> {
  const after = known === null ? await feed.newestSeq() : ok(known);
  if (!after.ok) return after;
  const attempt = new AbortController();
  const signal = AbortSignal.any([feed.signal, attempt.signal]);
  const opened = await openEvents(feed.connection, { after: after.value, signal });
  if (!opened.ok) return opened;
  feed.onStatus({ kind: 'live' });
  return ok(await readAll(opened.value, { feed, after: after.value, end: () => attempt.abort() }));
}

interface OpenStream {
  readonly feed: EventFeed;
  readonly after: number;
  readonly end: () => void;
}

/** Reads until the stream ends or falls silent. */
async function readAll(reply: ClientReply, { feed, after, end }: OpenStream): Promise<number> {
  let last = after;
  const watchdog = createWatchdog(end);
  try {
    for await (const text of readEventStream(watched(reply, watchdog.feed))) {
      const event = parseEvent(text);
      if (event === null) continue;
      if (event.seq > last + 1) feed.onGap();
      last = event.seq;
      feed.onEvent(event);
    }
  } catch {
    // The connection broke or was silent for too long: the loop opens another.
  } finally {
    watchdog.stop();
  }
  return last;
}

async function* watched(reply: ClientReply, heard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of reply.body ?? []) {
    heard();
    yield chunk;
  }
}

function createWatchdog(onSilence: () => void) {
  let timer = setTimeout(onSilence, SILENCE_MS);
  return {
    feed: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, SILENCE_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

function parseEvent(text: string): ClientEvent | null {
  const json = parseJson(text);
  const event = json.ok ? readFields(json.value, clientEvent) : json;
  return event.ok ? event.value : null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
