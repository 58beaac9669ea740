import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Call } from './call.ts';

const MAX_MESSAGE_BYTES = 1024;

/** The protocol that we speak; a browser that offers one has to be answered with one. */
const PROTOCOL = 'codencer.events';

/** What the library would refuse (RFC 6455, 4.2.1) in words of its own, when nobody can answer any more. */
export function judgeHandshake(headers: IncomingHttpHeaders): Result<undefined, Refusal> {
  const key = headers['sec-websocket-key'];
  const protocols = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  if (key === undefined || !/^[+/0-9A-Za-z]{22}==$/.test(key)) return malformed('Sec-WebSocket-Key must be 16 bytes');
  if (headers['sec-websocket-version'] !== '13') return malformed('Sec-WebSocket-Version must be 13');
  const areNames = protocols.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name));
  return areNames && new Set(protocols).size === protocols.length
    ? ok(undefined)
    : malformed('Sec-WebSocket-Protocol must be names, each once');
}

const malformed = (sentence: string) => err(refusal('invalid_input', sentence));

/** Turns a request into a WebSocket. The library is loaded by the first who wants one. */
export async function acceptSocket({ request, reply }: Call, head: Buffer): Promise<WebSocket> {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : ([...offered][0] ?? false)),
  });
  const headers = Object.entries(reply.getHeaders()).map(([name, value]) => `${name}: ${String(value)}`);
  server.on('headers', (lines) => lines.push(...headers));
  const { socket } = request.raw;
  reply.hijack();
  reply.raw.detachSocket(socket);
  return new Promise((resolve) => server.handleUpgrade(request.raw, socket, head, resolve));
}
