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
  /** From where on events are wanted; null: from the newest, whose number is asked for first. */
  readonly knownSeq: number | null;
  /** The newest sequence number of the log. */
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
  let after = feed.knownSeq;
  let failures = 0;
  let lostAtMs: number | null = null;
  while (!feed.signal.aborted) {
    const reading = await readOnce(feed, after);
    if (feed.signal.aborted) return;
    if (reading.isLockedOut) {
      feed.onStatus({ kind: 'locked-out' });
      return;
    }
    if (reading.seq !== null) {
      after = reading.seq;
      failures = 0;
      lostAtMs = null;
    }
    lostAtMs ??= reading.heardAtMs;
    feed.onStatus({ kind: reading.isSilent ? 'stale' : 'offline', sinceMs: lostAtMs });
    await pause(backoffMs(failures, Math.random()), feed.signal);
    failures += 1;
  }
}

/** How one stream went. */
interface Reading {
  /** The last sequence number that is known; null: the stream was never opened. */
  readonly seq: number | null;
  /** When the daemon was last heard, or asked in vain. */
  readonly heardAtMs: number;
  /** It ended because nothing came, not even a heartbeat: the daemon hangs, or the machine slept. */
  readonly isSilent: boolean;
  readonly isLockedOut: boolean;
}

/** Opens the stream and reads it to its end. */
async function readOnce(feed: EventFeed, known: number | null): Promise<Reading> {
  const attempt = new AbortController();
  const watchdog = createWatchdog(() => attempt.abort());
  const signal = AbortSignal.any([feed.signal, attempt.signal]);
  try {
    const opened = await openStream(feed, known, signal);
    if (!opened.ok) return watchdog.conclude(null, isLockedOut(opened.error));
    feed.onStatus({ kind: 'live' });
    watchdog.feed();
    return watchdog.conclude(await readAll(opened.value, feed, watchdog.feed), false);
  } finally {
    watchdog.stop();
  }
}

interface OpenStream {
  readonly reply: ClientReply;
  readonly after: number;
}

async function openStream(
  feed: EventFeed,
  known: number | null,
  signal: AbortSignal,
): Promise<Result<OpenStream, ClientFailure>> {
  const after = known === null ? await feed.newestSeq() : ok(known);
  if (!after.ok) return after;
  const opened = await openEvents(feed.connection, { after: after.value, signal });
  return opened.ok ? ok({ reply: opened.value, after: after.value }) : opened;
}

/** Reads until the stream ends or falls silent. Gives the last sequence number that came. */
async function readAll({ reply, after }: OpenStream, feed: EventFeed, heard: () => void): Promise<number> {
  let last = after;
  try {
    for await (const text of readEventStream(watched(reply, heard))) {
      const event = parseEvent(text);
      if (event === null) continue;
      if (event.seq > last + 1) feed.onGap();
      last = event.seq;
      feed.onEvent(event);
    }
  } catch {
    // The connection broke or was silent for too long: the loop opens another.
  }
  return last;
}

const isLockedOut = (failure: ClientFailure): boolean => failure.kind === 'refused' && failure.status === 401;

async function* watched(reply: ClientReply, heard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of reply.body ?? []) {
    heard();
    yield chunk;
  }
}

function createWatchdog(onSilence: () => void) {
  let heardAtMs = Date.now();
  let isSilent = false;
  const bark = (): void => {
    isSilent = true;
    onSilence();
  };
  let timer = setTimeout(bark, SILENCE_MS);
  return {
    feed: () => {
      heardAtMs = Date.now();
      clearTimeout(timer);
      timer = setTimeout(bark, SILENCE_MS);
    },
    stop: () => clearTimeout(timer),
    conclude: (seq: number | null, isLockedOutNow: boolean): Reading => ({
      seq,
      heardAtMs,
      isSilent,
      isLockedOut: isLockedOutNow,
    }),
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
