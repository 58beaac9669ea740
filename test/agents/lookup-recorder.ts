import { createSocket, type Socket } from 'node:dgram';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Isolation, nameServers, useProxy } from './isolation.ts';

const FILE = 'CODENCER_TEST_LOOKUPS';

export interface LookupRecorder {
  readonly close: () => void;
}

/** Writes each outside name that anybody in the isolation asks for into `file`, a line each; none is answered. */
export async function startLookupRecorder(isolation: Isolation, file: string): Promise<LookupRecorder> {
  process.env[FILE] = file;
  const note = (name: string) => appendFileSync(file, `${name}\n`);
  if (isolation === 'proxy') return startProxy(note);
  const sockets = await Promise.all(nameServers().map((address) => listenAt(address, note)));
  return { close: () => sockets.forEach((socket) => void socket.close()) };
}

/** What a test looks up on purpose, while others run that look up nothing. */
export const PLANTED_NAME = 'planted.example.com';

/** Those that no test looked up on purpose. */
export const outsideLookups = (): readonly string[] =>
  recordedLookups().filter((name) => !name.startsWith(PLANTED_NAME));

/** The names so far, in the order in which they were asked for. */
export function recordedLookups(): readonly string[] {
  const file = process.env[FILE];
  if (file === undefined) throw new Error('look-ups are recorded only in the isolation: npm run test:agents');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

async function listenAt(address: string, note: (name: string) => void): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    note(questionOf(query).name);
    socket.send(serverFailure(query), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, address, resolve);
  });
  return socket;
}

const HEADER_BYTES = 12;

/** The name that a DNS query asks for, and where the question ends. */
function questionOf(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const TYPE_AND_CLASS_BYTES = 4;
  return { name: labels.join('.'), end: at + 1 + TYPE_AND_CLASS_BYTES };
}

/** The question sent back as an answer with the code SERVFAIL and no records. */
function serverFailure(query: Buffer): Buffer {
  const answer = Buffer.from(query.subarray(0, questionOf(query).end));
  answer.writeUInt16BE(0x8182, 2);
  answer.fill(0, 6, HEADER_BYTES);
  return answer;
}

async function startProxy(note: (name: string) => void): Promise<LookupRecorder> {
  const server: Server = createServer((request, response) => {
    note(request.headers.host ?? request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    note(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  useProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
