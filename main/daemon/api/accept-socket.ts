import type { WebSocket } from 'ws';

import type { Call } from './call.ts';

const MAX_MESSAGE_BYTES = 1024;

/** The protocol that we speak; a browser that offers one has to be answered with one. */
const PROTOCOL = 'codencer.events';

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
