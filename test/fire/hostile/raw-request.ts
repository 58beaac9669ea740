import { connect, type Socket } from 'node:net';

/** What a connection brought: every status that was answered on it, and whether the other end closed it. */
export interface RawAnswer {
  readonly statuses: readonly number[];
  readonly text: string;
  readonly wasClosed: boolean;
}

export interface RawRequest {
  readonly port: number;
  readonly parts: readonly (string | Uint8Array)[];
  /** Also shuts its own side after the last part. */
  readonly isHalfClosed?: boolean;
  /** How long it is listened after the last byte that came; endless answers are left then. */
  readonly idleMs?: number;
  readonly longestMs?: number;
}

const DEFAULT_IDLE_MS = 250;
const LONGEST_MS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Sends exactly these bytes and listens. A connection that stays open and silent is left after a while. */
export function rawRequest(request: RawRequest): Promise<RawAnswer> {
  const { port, parts, isHalfClosed = false, idleMs = DEFAULT_IDLE_MS, longestMs = LONGEST_MS } = request;
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    let text = '';
    let idle: NodeJS.Timeout | undefined;
    const finish = (wasClosed: boolean) => {
      clearTimeout(idle);
      clearTimeout(longest);
      socket.destroy();
      resolve({ text, wasClosed, statuses: statusesIn(text) });
    };
    const longest = setTimeout(() => finish(false), longestMs);
    socket.on('error', () => finish(true)); // a server that has answered may reset what is still being sent
    socket.on('end', () => finish(true));
    socket.on('close', () => finish(true));
    socket.on('data', (chunk: Buffer) => {
      if (text.length < MOST_BYTES) text += chunk.toString('latin1');
      clearTimeout(idle);
      idle = setTimeout(() => finish(false), idleMs);
    });
    sendAll(socket, parts, isHalfClosed);
  });
}

function sendAll(socket: Socket, parts: RawRequest['parts'], isHalfClosed: boolean): void {
  for (const part of parts) socket.write(part);
  if (isHalfClosed) socket.end();
}

const statusesIn = (text: string): readonly number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
