import { type IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Requests that want to go on as a WebSocket, and what came behind their head. */
export type Upgrades = WeakMap<IncomingMessage, Buffer>;

/** Where a WebSocket can be had. An upgrade of anything else, or to anything else, is the plain request that it is. */
const SOCKET_PATHS: ReadonlySet<string | undefined> = new Set(['/api/v1/events']);

export const shouldUpgrade = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && SOCKET_PATHS.has(url?.split('?', 1)[0]);

/** Sends upgrades the way of every request: what stands in front of those stands in front of them, too. */
export function routeUpgrades(app: FastifyInstance, upgrades: Upgrades): void {
  app.server.on('upgrade', (request, _socket, head) => {
    const { socket } = request;
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    // A refusal is an answer like any other, and the last one on this connection.
    response.once('finish', () => socket.destroySoon());
    socket.on('error', () => socket.destroy());
    upgrades.set(request, head);
    app.routing(request, response);
  });
}
