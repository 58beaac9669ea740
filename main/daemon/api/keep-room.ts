import type { Server, Socket } from 'node:net';

import { OPERATOR, type PeerBook } from './peer-book.ts';

export interface Room {
  /** More are not accepted at all. */
  readonly maxConnections: number;
  /** Of these, so many are for operators. */
  readonly reserved: number;
}

/**
 * Whoever fills the room with connections that it leaves open, attempts or other users, finds no more once only the
 * reserved ones are left: a gate can still be decided. Until then nobody is looked at for having connected.
 */
export function keepRoom(server: Server, peers: PeerBook, { maxConnections, reserved }: Room): void {
  let open = 0;
  server.maxConnections = maxConnections;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open > maxConnections - reserved) void sendAwayStrangers(socket, peers);
  });
}

async function sendAwayStrangers(socket: Socket, peers: PeerBook): Promise<void> {
  try {
    if ((await peers.actorOf(socket)) === OPERATOR && (await peers.isSameUser(socket))) return;
  } catch {
    // who cannot be looked at has no claim to what is reserved
  }
  socket.destroy();
}
