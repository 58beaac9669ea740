/**
 * The least that a fan-out costs: a bare HTTP server that writes the same frames to every connection, and no record
 * behind it. Begins when a line arrives on stdin; prints its port first and how many frames it wrote last.
 */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drive } from '../drive.ts';
import { frameOf } from '../sample-event.ts';

const [perSecond = '', seconds = ''] = process.argv.slice(2);
const subscribers = new Set<ServerResponse>();
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  subscribers.add(response);
  request.on('close', () => subscribers.delete(response));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
await once(process.stdin, 'data');
let seq = 0;
await drive({ perSecond: Number(perSecond), seconds: Number(seconds) }, (count) => {
  let frames = '';
  for (let index = 0; index < count; index += 1) {
    seq += 1;
    frames += frameOf(seq, Date.now());
  }
  for (const response of subscribers) response.write(frames);
});
process.stdout.write(`${seq}\n`);
