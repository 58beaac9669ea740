import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Address } from './api-client.ts';

/** Readers of one event stream. */
export interface Subscribers {
  /** Resolves when every reader has seen that event. */
  seen(lastSeq: number): Promise<void>;
  /** From the event's own time, which has whole milliseconds, to its arrival; all readers together. */
  readonly latenciesMs: readonly number[];
  /** Of so many events: those that came twice, out of order, or not at all. */
  misses(expected: number): number;
  close(): void;
}

export async function subscribe(
  address: Address,
  { path, count }: { path: string; count: number },
): Promise<Subscribers> {
  const latenciesMs: number[] = [];
  const readers = await Promise.all(Array.from({ length: count }, () => openReader(address, path, latenciesMs)));
  return {
    latenciesMs,
    seen: async (lastSeq) => void (await Promise.all(readers.map((reader) => reader.seen(lastSeq)))),
    misses: (expected) => readers.reduce((sum, reader) => sum + reader.misses(expected), 0),
    close: () => {
      for (const reader of readers) reader.close();
    },
  };
}

async function openReader(address: Address, path: string, latenciesMs: number[]) {
  const reply = await openStream(address, path);
  let rest = '';
  let lastSeq = 0;
  let received = 0;
  let disordered = 0;
  let wake: () => void = () => undefined;
  const take = (frame: string, atMs: number): void => {
    const event = readFrame(frame);
    if (event === null) return;
    received += 1;
    if (event.seq <= lastSeq) disordered += 1;
    lastSeq = event.seq;
    latenciesMs.push(atMs - event.atMs);
  };
  reply.setEncoding('utf8');
  reply.on('data', (chunk: string) => {
    const atMs = Date.now();
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) take(frame, atMs);
    wake();
  });
  return {
    misses: (expected: number) => Math.abs(expected - received) + disordered,
    close: () => void reply.destroy(),
    async seen(seq: number): Promise<void> {
      while (lastSeq < seq) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    },
  };
}

async function openStream({ host, port, token }: Address, path: string): Promise<IncomingMessage> {
  const outgoing = get({ host, port, path, agent: false, headers: { authorization: `Bearer ${token}` } });
  const [reply]: IncomingMessage[] = await once(outgoing, 'response');
  if (reply?.statusCode !== 200) throw new Error(`GET ${path}: ${reply?.statusCode}`);
  return reply;
}

const SEQ = /^id: ?(\d+)$/m;
const AT = /"at":"([^"]+)"/;

/** Null for a comment that only keeps the connection open. */
function readFrame(frame: string): { readonly seq: number; readonly atMs: number } | null {
  const seq = SEQ.exec(frame)?.[1];
  const at = AT.exec(frame)?.[1];
  return seq === undefined || at === undefined ? null : { seq: Number(seq), atMs: Date.parse(at) };
}
