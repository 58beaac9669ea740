import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { frameOf } from '../../bench/sample-event.ts';
import { subscribe } from '../../bench/subscribers.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Serves the frames of these events to everybody, cut in two anywhere. */
async function serveEvents(seqs: readonly number[]) {
  server = createServer((_request, response) => {
    const text = seqs.map((seq) => frameOf(seq, Date.now())).join(': still here\n\n');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text.slice(0, 700));
    response.write(text.slice(700));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, token: 'any' };
}

describe('subscribers', () => {
  it.each([
    [[1, 2, 3], 0],
    [[1, 3], 1],
    [[1, 2, 2, 3], 2],
    [[2, 1, 3], 1],
  ])('counts what is wrong with %j', async (seqs, misses) => {
    const readers = await subscribe(await serveEvents(seqs), { path: '/', count: 2 });
    await readers.seen(3);
    expect(readers.misses(3)).toBe(misses * 2);
    expect(readers.latenciesMs).toHaveLength(seqs.length * 2);
    readers.close();
  });
});
