import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';

import type { EventDraft } from '../../../../contract/events.ts';
import { RunId } from '../../../../contract/ids.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

interface Opening {
  readonly query?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

function openSocket({ port }: TestApi, { query = '', protocols = [], headers = {} }: Opening = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events${query}`, [...protocols], { headers });
  const seen: number[] = [];
  const closed: { code?: number; reason?: string } = {};
  socket.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString()).seq));
  socket.on('close', (code, reason) => Object.assign(closed, { code, reason: String(reason) }));
  socket.on('error', () => undefined);
  onTestFinished(() => socket.terminate());
  return { socket, seen, closed };
}

async function refusedWith(test: TestApi, opening: Opening) {
  const { socket } = openSocket(test, opening);
  const [, response]: IncomingMessage[] = await once(socket, 'unexpected-response');
  return [response?.statusCode, response?.headers['x-codencer-error']];
}

const append = ({ store }: TestApi, count: number, fields: Partial<EventDraft> = {}) =>
  store.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      store.events.append({ type: 'run.created', actor: 'operator', ...fields });
    }
  });

/** The daemon's ends of the connections that come from now on: a reader that does not read hears nothing of its end. */
function acceptedSockets(): readonly Socket[] {
  const sockets: Socket[] = [];
  const hear = (message: unknown): void => void sockets.push((message as { readonly socket: Socket }).socket);
  subscribe('net.server.socket', hear);
  onTestFinished(() => void unsubscribe('net.server.socket', hear));
  return sockets;
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('events over WebSocket', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('HTTP-32: brings everything after a cursor, and a reader that comes back misses nothing', async () => {
    const test = await startTestApi();
    append(test, 1200);
    const first = openSocket(test);
    await waitUntil(() => first.seen.length >= 700);
    first.socket.terminate();
    append(test, 50);
    const last = first.seen.at(-1) ?? 0;
    const second = openSocket(test, { query: `?after=${last}` });
    await waitUntil(() => second.seen.at(-1) === 1250);
    append(test, 3);
    await waitUntil(() => second.seen.at(-1) === 1253);
    expect([...first.seen, ...second.seen]).toEqual(upTo(1253));
  });

  it('HTTP-32: has the filters of the stream, and the bytes of its data', async () => {
    const test = await startTestApi();
    append(test, 2);
    append(test, 1, { runId: RunId.parse('mine'), payload: { text: 'ä\n' } });
    const headers = { 'last-event-id': '1', 'x-request-id': 'mine' };
    const { socket, seen } = openSocket(test, { query: '?run=mine', headers });
    const [[upgrade], [data]] = await Promise.all([once(socket, 'upgrade'), once(socket, 'message')]);
    expect(upgrade.headers).toMatchObject({ 'x-request-id': 'mine', 'x-content-type-options': 'nosniff' });
    const { body } = await httpAnswer({ port: test.port, path: '/api/v1/events?format=json&run=mine' });
    expect(JSON.parse(String(data))).toEqual(JSON.parse(body)[0]);
    expect(seen).toEqual([3]);
  });

  it('HTTP-32: is guarded like everything else', async () => {
    const test = await startTestApi();
    const origin = `http://127.0.0.1:${test.port}`;
    expect(await refusedWith(test, { headers: { authorization: 'Bearer wrong' } })).toEqual([401, 'unauthorized']);
    expect(await refusedWith(test, { protocols: ['bearer.wrong'] })).toEqual([401, 'unauthorized']);
    expect(await refusedWith(test, { headers: { origin } })).toEqual([401, 'unauthorized']);
    expect(
      await refusedWith(test, { headers: { origin: 'http://evil.example' }, protocols: [`bearer.${TOKEN}`] }),
    ).toEqual([403, 'forbidden_origin']);
    expect(await refusedWith(test, { headers: { host: 'evil.example' } })).toEqual([403, 'forbidden_host']);
    expect(await refusedWith(test, { query: '?after=x' })).toEqual([400, 'invalid_input']);
    const foreign = await startTestApi({ peers: { uidOf: async () => 4711 } });
    expect(await refusedWith(foreign, {})).toEqual([403, 'forbidden_peer']);
    const starting = await startTestApi({ isReady: () => false });
    expect(await refusedWith(starting, {})).toEqual([503, 'starting']);
  });

  it.each([
    ['without a key', { 'sec-websocket-version': '13' }],
    ['with a key that is none', { 'sec-websocket-version': '13', 'sec-websocket-key': 'x' }],
    ['of another version', { 'sec-websocket-version': '7', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }],
    [
      'with a protocol twice',
      {
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'a, a',
      },
    ],
  ])('HTTP-32: a handshake %s is refused like any request', async (_, handshake) => {
    const { port } = await startTestApi();
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'x-request-id': 'mine', ...handshake };
    const answer = await httpAnswer({ port, path: '/api/v1/events', headers });
    expect([answer.status, answer.headers['x-codencer-error'], answer.headers['x-request-id']]).toEqual([
      400,
      'invalid_input',
      'mine',
    ]);
    expect(answer.body).toMatch(/^Sec-WebSocket-\w+ must be /);
  });

  it('HTTP-32: an upgrade of something else is a plain request', async () => {
    const { port } = await startTestApi();
    const ask = async (path: string, upgrade: string) =>
      (await httpAnswer({ port, path, headers: { connection: 'Upgrade, HTTP2-Settings', upgrade } })).status;
    expect([await ask('/health', 'websocket'), await ask('/api/v1/events?format=json', 'h2c')]).toEqual([200, 200]);
    expect(await ask('/api/v1/nope', 'websocket')).toBe(404);
  });

  it('HTTP-33: a browser sends its token as a protocol, and gets one of those that it offers', async () => {
    const test = await startTestApi({ authMode: 'token' });
    append(test, 1);
    const headers = { origin: `http://127.0.0.1:${test.port}`, 'sec-fetch-site': 'same-origin' };
    const page = openSocket(test, { headers, protocols: ['codencer.events', `bearer.${TOKEN}`] });
    await waitUntil(() => page.seen.length === 1);
    expect(page.socket.protocol).toBe('codencer.events');
    const plain = openSocket(test, { headers, protocols: [`bearer.${TOKEN}`] });
    await waitUntil(() => plain.seen.length === 1);
    expect(plain.socket.protocol).toBe(`bearer.${TOKEN}`);
  });

  it('HTTP-34: a reader that does not read is closed with a reason, and comes back', async () => {
    const test = await startTestApi({ slowReaderMs: 300 });
    const accepted = acceptedSockets();
    const slow = openSocket(test);
    await once(slow.socket, 'open');
    slow.socket.pause();
    const quick = openSocket(test);
    for (let round = 0; round < 12; round += 1) {
      append(test, 100, { payload: { text: 'x'.repeat(10_000) } });
      await waitUntil(() => quick.seen.length === (round + 1) * 100);
    }
    const before = process.memoryUsage().arrayBuffers;
    append(test, 800, { payload: { text: 'x'.repeat(10_000) } });
    await waitUntil(() => quick.seen.length === 2000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    await waitUntil(() => accepted[0]?.destroyed === true);
    slow.socket.resume();
    await waitUntil(() => slow.closed.code !== undefined);
    // Whether the farewell still gets through is up to how much it reads in the end.
    expect([1013, 1006]).toContain(slow.closed.code);
    if (slow.closed.code === 1013) expect(slow.closed.reason).toMatch(/^too slow: come back with after=/);
    const again = openSocket(test, { query: `?after=${slow.seen.at(-1) ?? 0}` });
    await waitUntil(() => again.seen.at(-1) === 2000);
    expect([...slow.seen, ...again.seen]).toEqual(upTo(2000));
  });

  it('HTTP-34: a reader that is only slower than the record is left in peace', async () => {
    const test = await startTestApi({ slowReaderMs: 5000 });
    append(test, 600, { payload: { text: 'x'.repeat(10_000) } });
    const { socket, seen, closed } = openSocket(test);
    await once(socket, 'open');
    const nap = setInterval(() => (socket.isPaused ? socket.resume() : socket.pause()), 20);
    onTestFinished(() => clearInterval(nap));
    await waitUntil(() => seen.length === 600);
    expect(closed).toEqual({});
  });

  it('HTTP-34: who does not answer a ping is cut off', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const test = await startTestApi();
    const there = openSocket(test);
    const asleep = openSocket(test);
    await Promise.all([once(there.socket, 'open'), once(asleep.socket, 'open')]);
    asleep.socket.pause();
    const pinged = once(there.socket, 'ping');
    vi.advanceTimersByTime(15_000);
    await pinged;
    append(test, 1);
    await waitUntil(() => there.seen.length === 1);
    vi.advanceTimersByTime(15_000);
    asleep.socket.resume();
    await waitUntil(() => asleep.closed.code !== undefined);
    expect([asleep.closed.code, there.closed]).toEqual([1006, {}]);
  });

  it('HTTP-34: says so when the daemon stops, and keeps it from nothing', async () => {
    const test = await startTestApi();
    const polite = openSocket(test);
    const deaf = openSocket(test);
    await Promise.all([once(polite.socket, 'open'), once(deaf.socket, 'open')]);
    deaf.socket.pause();
    await test.api.close();
    await waitUntil(() => polite.closed.code !== undefined);
    expect(polite.closed).toEqual({ code: 1001, reason: 'the daemon is stopping: come back when it does' });
  });

  it('HTTP-34: fifty at once see all of it', async () => {
    const test = await startTestApi();
    const readers = Array.from({ length: 50 }, () => openSocket(test));
    await Promise.all(readers.map(({ socket }) => once(socket, 'open')));
    for (let round = 0; round < 20; round += 1) append(test, 10);
    await waitUntil(() => readers.every(({ seen }) => seen.length === 200));
    for (const { seen } of readers) expect(seen).toEqual(upTo(200));
  });

  it('HTTP-34: what a reader says is not listened to, and cannot be much', async () => {
    const test = await startTestApi();
    const { socket, closed } = openSocket(test);
    await once(socket, 'open');
    socket.send('{"after":0}');
    socket.send('x'.repeat(2000));
    await waitUntil(() => closed.code !== undefined);
    expect(closed.code).toBe(1009);
  });
});
