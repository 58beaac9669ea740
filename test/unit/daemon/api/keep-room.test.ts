import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { keepRoom } from '../../../../main/daemon/api/keep-room.ts';
import type { PeerBook } from '../../../../main/daemon/api/peer-book.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const FREE = 3;
const RESERVED = 2;

describe('HTTP-52: connections', () => {
  let server: Server;
  let sockets: Socket[];
  let who: { actor: string; isOurs: boolean };
  let looks: number;

  beforeEach(async () => {
    sockets = [];
    looks = 0;
    who = { actor: 'executor:s1-a1', isOurs: true };
    const peers: PeerBook = {
      attemptNow: async () => null,
      isSameUser: async () => who.isOurs,
      actorOf: async () => {
        looks += 1;
        if (who.actor === '') throw new Error('nobody can be looked at');
        return who.actor;
      },
    };
    server = createServer((socket) => socket.on('error', () => undefined));
    keepRoom(server, peers, { maxConnections: FREE + RESERVED, reserved: RESERVED });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  async function open(): Promise<Socket> {
    const address = server.address();
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    sockets.push(socket.on('error', () => undefined).resume());
    await once(socket, 'connect');
    return socket;
  }
  const count = () => sockets.filter(({ closed }) => !closed).length;

  it.each([
    ['attempts', { actor: 'executor:s1-a1', isOurs: true }],
    ['whom nobody knows', { actor: 'unknown', isOurs: true }],
    ['who cannot be looked at', { actor: '', isOurs: true }],
    ['other users', { actor: 'operator', isOurs: false }],
  ])('that are reserved are not for %s', async (_, stranger) => {
    who = stranger;
    for (let number = 0; number < FREE; number += 1) await open();
    expect(looks).toBe(0);
    for (let number = 0; number < 10; number += 1) {
      const socket = await open();
      await waitUntil(() => socket.closed);
    }
    expect(count()).toBe(FREE);
    who = { actor: 'operator', isOurs: true };
    const looksBefore = looks;
    await open();
    await waitUntil(() => looks > looksBefore);
    expect(count()).toBe(FREE + 1);
  });
});
