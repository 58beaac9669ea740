import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonValue } from '../../../../contract/client/json-value.ts';
import type { Frame } from './wire-format.ts';

/** Some agents show the id of a request in their errors. */
const HEADERS = { 'cache-control': 'no-cache', 'request-id': 'req_scripted', 'x-request-id': 'req_scripted' };

interface JsonAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

export function sendJson(response: ServerResponse, { status = 200, headers = {}, body }: JsonAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...HEADERS, ...headers });
  response.end(JSON.stringify(body));
}

export function sendBytes(response: ServerResponse, contentType: string, body: string): void {
  response.writeHead(200, { 'content-type': contentType, ...HEADERS });
  response.end(body);
}

export interface FrameStream {
  readonly frames: Iterable<Frame>;
  /** Between two frames. */
  readonly pauseMs: number;
  /** What happens after the last frame. */
  readonly ending: 'end' | 'stall' | 'reset';
}

/** As fast as the reader reads. Rejects when the reader goes before the end. */
export async function sendFrames(response: ServerResponse, { frames, pauseMs, ending }: FrameStream): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...HEADERS });
  await pipeline(Readable.from(eventsOf(frames, pauseMs)), response, { end: ending === 'end' });
  if (ending === 'reset') response.destroy();
}

async function* eventsOf(frames: Iterable<Frame>, pauseMs: number): AsyncGenerator<string> {
  for (const { event, data } of frames) {
    yield `${event === null ? '' : `event: ${event}\n`}data: ${data}\n\n`;
    if (pauseMs > 0) await delay(pauseMs);
  }
}
