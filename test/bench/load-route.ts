import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Address } from './api-client.ts';

export interface Load {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
  /** Of the last reply. */
  readonly body: Buffer;
}

interface LoadPlan {
  readonly address: Address;
  /** Of the how-manieth question it is. */
  readonly pathOf: (index: number) => string;
  readonly connections: number;
  readonly durationMs: number;
}

/** Asks over so many connections, each again as soon as it has its answer. Costs the machine as little as it can. */
export async function loadRoute(plan: LoadPlan): Promise<Load> {
  let asked = 0;
  const next = () => {
    asked += 1;
    return questionFor(plan.address, plan.pathOf(asked));
  };
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + plan.durationMs;
  const ends = await Promise.all(
    Array.from({ length: plan.connections }, () => askUntil({ address: plan.address, next }, endsAtMs)),
  );
  const latenciesMs = ends.flatMap((end) => end.latenciesMs);
  const seconds = (performance.now() - startedAtMs) / 1000;
  return { perSecond: latenciesMs.length / seconds, latenciesMs, body: ends[0]?.body ?? Buffer.alloc(0) };
}

function questionFor({ host, port, token }: Address, path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
}

interface Asking {
  readonly address: Address;
  readonly next: () => string;
}

async function askUntil({ address, next }: Asking, endsAtMs: number): Promise<Omit<Load, 'perSecond'>> {
  const { host, port } = address;
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  const latenciesMs: number[] = [];
  let body: Buffer = Buffer.alloc(0);
  while (performance.now() < endsAtMs) {
    const askedAtMs = performance.now();
    socket.write(next());
    body = await readReply(socket);
    latenciesMs.push(performance.now() - askedAtMs);
  }
  socket.destroy();
  return { latenciesMs, body };
}

/** One reply with a Content-Length; anything else is no measurement. */
function readReply(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    let endsAt = Number.POSITIVE_INFINITY;
    let bodyAt = 0;
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      finish();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('the connection was closed before the reply was over')));
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (bodyAt === 0) {
        const headEnd = received.indexOf('\r\n\r\n');
        if (headEnd === -1) return;
        const head = received.toString('latin1', 0, headEnd);
        const length = /^content-length: (\d+)$/im.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200') || length === undefined)
          return onError(new Error(`unusable reply: ${head}`));
        bodyAt = headEnd + 4;
        endsAt = bodyAt + Number(length);
      }
      if (received.length >= endsAt) settle(() => resolve(received.subarray(bodyAt, endsAt)));
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
  });
}
