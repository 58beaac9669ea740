import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

import type { EventRecord } from '../../../contract/events.ts';
import type { Result } from '../../../contract/result.ts';
import { encodeEvent } from '../../../contract/wire/event.ts';

const MAX_BUFFERED_BYTES = 1024 * 1024;
const PING_MS = 15_000;
/** How long the other end has to answer our farewell. */
const FAREWELL_MS = 1000;

/** Why we close (RFC 6455, 7.4.1, and the registry): 1001 going away, 1013 try again later. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

export interface EventSocket {
  readonly socket: WebSocket;
  /** Below it. */
  readonly connection: Socket;
  /** How long a reader may leave a full buffer as it is. */
  readonly slowReaderMs: number;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

type Events = AsyncIterable<Result<EventRecord, { readonly code: string }>>;

/**
 * Events as frames of JSON. A reader has to keep up: one that leaves a full buffer alone is sent away with a reason and
 * comes back with its cursor. What it says is not listened to; whether it is there is asked by pings.
 */
export async function sendEvents(place: EventSocket, follow: (signal: AbortSignal) => Events): Promise<void> {
  const { socket, closing } = place;
  const gone = new AbortController();
  const onClosing = (): void => bid(socket, GOING_AWAY, 'the daemon is stopping: come back when it does');
  const stopPinging = pingRegularly(socket);
  socket.once('close', () => gone.abort());
  // What breaks a connection also closes it.
  socket.on('error', () => undefined);
  closing.addEventListener('abort', onClosing, { once: true });
  try {
    if (!(await forward(place, follow(gone.signal), gone.signal))) {
      bid(socket, TRY_AGAIN_LATER, 'too slow: come back with after=<the last event that you have>');
    }
  } finally {
    stopPinging();
    closing.removeEventListener('abort', onClosing);
  }
}

/** False when the reader does not keep up. */
async function forward(place: EventSocket, events: Events, gone: AbortSignal): Promise<boolean> {
  const { socket } = place;
  for await (const event of events) {
    if (gone.aborted || socket.readyState !== socket.OPEN) return true;
    if (!event.ok) return false;
    socket.send(textOf(event.value));
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES && !(await hasDrained(place, gone))) return gone.aborted;
  }
  return true;
}

async function hasDrained({ connection, slowReaderMs }: EventSocket, gone: AbortSignal): Promise<boolean> {
  try {
    await once(connection, 'drain', { signal: AbortSignal.any([gone, AbortSignal.timeout(slowReaderMs)]) });
    return true;
  } catch {
    return false; // It has gone, or its time is up.
  }
}

function bid(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), FAREWELL_MS);
  socket.once('close', () => clearTimeout(timer));
}

function pingRegularly(socket: WebSocket): () => void {
  let hasAnswered = true;
  socket.on('pong', () => {
    hasAnswered = true;
  });
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    return socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}

const texts = new WeakMap<EventRecord, string>();

/** Made once for all readers. */
function textOf(event: EventRecord): string {
  const text = texts.get(event) ?? JSON.stringify(encodeEvent(event));
  texts.set(event, text);
  return text;
}
