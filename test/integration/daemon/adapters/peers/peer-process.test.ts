import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askTogether } from '../../../../../main/daemon/adapters/peers/ask-together.ts';
import { attemptOfPeer, peerPids, peerUids } from '../../../../../main/daemon/adapters/peers/peer-process.ts';
import { findPeerSockets, readTable, type TcpConnection } from '../../../../../main/daemon/adapters/peers/tcp-table.ts';
import { readProcessTable } from '../../../../../main/daemon/adapters/process/process-table.ts';
import { stopTree } from '../../../../../main/daemon/adapters/process/stop-tree.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const fixture = join(import.meta.dirname, '../../../../fixtures/programs/connect.mjs');
const ownUid = process.getuid?.() ?? -1;

const uidOf = async (connection: TcpConnection) => (await peerUids([connection]))[0];
const pidsOf = async (connection: TcpConnection) => (await peerPids([connection]))[0] ?? [];

let marks = 0;

async function listen(host: string, options: { readonly allowHalfOpen?: boolean } = {}) {
  const server = createServer(options);
  onTestFinished(() => {
    server.close();
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function accept(server: Server): Promise<{ readonly socket: Socket; readonly connection: TcpConnection }> {
  const [socket]: Socket[] = await once(server, 'connection');
  if (socket === undefined) throw new Error('no connection');
  onTestFinished(() => {
    socket.destroy();
  });
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
  return { socket, connection: { localAddress, localPort, remoteAddress, remotePort } };
}

async function connectFrom(server: { readonly server: Server; readonly port: number }, host: string, how: string) {
  marks += 1;
  const mark = `peers-${process.pid}.${marks}.`;
  const accepted = accept(server.server);
  const env = { PATH: process.env['PATH'], CODENCER_MARK: mark };
  const args = [fixture, host, String(server.port), how];
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => endFamily(child, mark));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const [, pid] = String(line).split(' ');
  return { ...(await accepted), mark, child, pid: Number(pid) };
}

async function endFamily(child: ChildProcess, mark: string) {
  await stopTree({ leader: null, mark }, { graceMs: 0 });
  child.kill('SIGKILL');
}

const families = [
  ['127.0.0.1', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::', '::ffff:127.0.0.1'],
  ['::1', '::1'],
] as const;

describe('the far end of a loopback connection', () => {
  it.each(families)('is found: server on %s, client to %s', async (serverHost, clientHost) => {
    const server = await listen(serverHost);
    const { connection, pid } = await connectFrom(server, clientHost, 'plain');
    expect(await uidOf(connection)).toBe(ownUid);
    expect(await pidsOf(connection)).toEqual([pid]);
  });

  it('shows the user who connected', async () => {
    const { connection } = await connectFrom(await listen('127.0.0.1'), '127.0.0.1', 'nobody');
    expect(await uidOf(connection)).toBe(ownUid === 0 ? 65534 : ownUid);
  });

  it('is this process when it talks to itself', async () => {
    const { server, port } = await listen('127.0.0.1');
    const accepted = accept(server);
    const client = connect(port, '127.0.0.1');
    const { connection } = await accepted;
    expect(await pidsOf(connection)).toEqual([process.pid]);
    client.destroy();
  });

  it('is nobody once it was closed, and not root', async () => {
    const { server, port } = await listen('127.0.0.1', { allowHalfOpen: true });
    const accepted = accept(server);
    const client = connect(port, '127.0.0.1');
    const { socket, connection } = await accepted;
    socket.resume();
    client.destroy();
    await waitUntil(async () => (await uidOf(connection)) === null);
    expect(await pidsOf(connection)).toEqual([]);
    expect(attemptOfPeer({ table: readProcessTable(), pids: [], markPrefix: 'peers-', daemonPid: 2 ** 30 })).toEqual({
      kind: 'unknown',
    });
  });

  it('is nobody for addresses that are not connected here', async () => {
    const connection = { localAddress: '127.0.0.1', localPort: 1, remoteAddress: '203.0.113.7', remotePort: 65535 };
    expect(await uidOf(connection)).toBeNull();
    expect(await uidOf({ ...connection, remoteAddress: 'nonsense' })).toBeNull();
  });

  it('is found fast among hundreds of connections', async () => {
    const { server, port } = await listen('127.0.0.1');
    server.on('connection', (socket: Socket) => socket.on('error', () => socket.destroy())); // the clients end without goodbye
    const clients = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
    await Promise.all(clients.map((client) => once(client, 'connect')));
    const { connection } = await connectFrom({ server, port }, '127.0.0.1', 'plain');
    const startedAt = performance.now();
    for (let round = 0; round < 50; round += 1) expect(await uidOf(connection)).toBe(ownUid);
    console.info(`peerUid with 400 other sockets: ${((performance.now() - startedAt) / 50).toFixed(2)} ms`);
    for (const client of clients) client.resetAndDestroy();
  });
});

describe('HTTP-62: many connections that are asked about together', () => {
  async function connectMany(count: number): Promise<readonly TcpConnection[]> {
    const { server, port } = await listen('127.0.0.1');
    const connections: TcpConnection[] = [];
    server.on('connection', (socket: Socket) => {
      const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
      connections.push({ localAddress, localPort, remoteAddress, remotePort });
      socket.on('error', () => socket.destroy());
    });
    const clients = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
    onTestFinished(() => {
      for (const client of clients) client.resetAndDestroy();
    });
    await waitUntil(() => connections.length === count);
    return connections;
  }

  it('are found by one reading of the table', async () => {
    const connections = await connectMany(100);
    const readings: string[] = [];
    const ask = askTogether(async (asked: readonly TcpConnection[]) =>
      findPeerSockets(asked, (table) => {
        readings.push(table);
        return readTable(table);
      }),
    );
    const sockets = await Promise.all(connections.map(ask));
    expect(sockets.map((socket) => socket?.uid)).toEqual(connections.map(() => ownUid));
    expect(new Set(sockets.map((socket) => socket?.inode)).size).toBe(100);
    expect(readings).toEqual(['tcp']);
  });

  it('each keep their own answer, those that nobody holds among them', async () => {
    const connections = await connectMany(3);
    const gone = { localAddress: '127.0.0.1', localPort: 1, remoteAddress: '127.0.0.1', remotePort: 2 };
    const asked = [gone, ...connections, gone];
    expect(await peerUids(asked)).toEqual([null, ownUid, ownUid, ownUid, null]);
    expect(await peerPids(asked)).toEqual([[], [process.pid], [process.pid], [process.pid], []]);
  });
});

describe('the attempt behind a request', () => {
  it.each(['plain', 'through', 'session'])('is known by the mark: %s', async (how) => {
    const { connection, mark, pid } = await connectFrom(await listen('127.0.0.1'), '127.0.0.1', how);
    const pids = await pidsOf(connection);
    expect(pids).toEqual([pid]);
    const markPrefix = `peers-${process.pid}.`;
    const daemonPid = 2 ** 30;
    expect(attemptOfPeer({ table: readProcessTable(), pids, markPrefix, daemonPid })).toEqual({
      kind: 'attempt',
      mark,
      pid,
    });
    expect(attemptOfPeer({ table: readProcessTable(), pids, markPrefix: 'another-daemon.', daemonPid })).toEqual({
      kind: 'outside',
    });
  });

  it('is none for a process that no attempt started', () => {
    expect(
      attemptOfPeer({ table: readProcessTable(), pids: [process.ppid], markPrefix: 'peers-', daemonPid: 2 ** 30 }),
    ).toEqual({
      kind: 'outside',
    });
    expect(
      attemptOfPeer({ table: readProcessTable(), pids: [process.pid], markPrefix: 'peers-', daemonPid: 2 ** 30 }),
    ).toEqual({
      kind: 'outside',
    });
  });

  it('stays open when a process is gone', () => {
    expect(
      attemptOfPeer({
        table: readProcessTable(),
        pids: [process.ppid, 2 ** 30],
        markPrefix: 'peers-',
        daemonPid: 2 ** 30,
      }),
    ).toEqual({
      kind: 'unknown',
    });
  });
});
