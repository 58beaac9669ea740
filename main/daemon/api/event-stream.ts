import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

import type { EventRecord } from '../../../contract/events.ts';
import type { Result } from '../../../contract/result.ts';
import { encodeEvent } from '../../../contract/wire/event.ts';

const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events at the reader's pace: while the socket is full nothing is taken from the source, which bounds what
 * waits there. A heartbeat comment keeps proxies from giving up. Resolves when either side has ended.
 */
export async function streamEvents(
  reply: FastifyReply,
  events: AsyncIterable<Result<EventRecord, { readonly code: string }>>,
  signal: AbortSignal,
): Promise<void> {
  reply.header('content-type', 'text/event-stream');
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) response.setHeader(name, value ?? '');
  response.flushHeaders();
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  try {
    await writeFrames(response, events, signal);
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

async function writeFrames(
  response: ServerResponse,
  events: AsyncIterable<Result<EventRecord, { readonly code: string }>>,
  signal: AbortSignal,
): Promise<void> {
  const batch = createBatch(response);
  for await (const event of events) {
    if (signal.aborted) return;
    batch.add(event.ok ? frameOf(event.value) : `: ${event.error.code}\n\n`);
    if (response.writableNeedDrain) await drained(response, signal);
  }
  batch.flush();
}

const BATCH_CHARACTERS = 64 * 1024;

/** What comes in one turn of the loop leaves in one write, or in a few when it is much. */
function createBatch(response: ServerResponse) {
  let waiting = '';
  const flush = (): void => {
    if (waiting === '') return;
    response.write(waiting);
    waiting = '';
  };
  return {
    flush,
    add(frame: string): void {
      if (waiting === '') process.nextTick(flush);
      waiting += frame;
      if (waiting.length >= BATCH_CHARACTERS) flush();
    },
  };
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch {
    // The reader has gone or the server closes: the loop sees the signal.
  }
}

const frames = new WeakMap<EventRecord, string>();

/** Made once for all readers. The data is one line: JSON has no line breaks. */
function frameOf(event: EventRecord): string {
  const made = frames.get(event);
  if (made !== undefined) return made;
  const frame = `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(encodeEvent(event))}\n\n`;
  frames.set(event, frame);
  return frame;
}
