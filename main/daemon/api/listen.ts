import type { Server } from 'node:http';

import { err, ok, type Result } from '../../../contract/result.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `port_taken`: somebody listens there; another port may be free. `port_denied`: it is not for this user. */
export interface ListenFailure {
  readonly code: 'port_taken' | 'port_denied' | 'listen_failed';
  readonly sentence: string;
  /** The system's own word for it. */
  readonly systemCode: string;
}

const CODES: ReadonlyMap<string, ListenFailure['code']> = new Map<string, ListenFailure['code']>([
  ['EADDRINUSE', 'port_taken'],
  ['EACCES', 'port_denied'],
]);

export function listenOn(server: Server, { host, port }: Address): Promise<Result<Address, ListenFailure>> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      const sentence = `cannot listen on ${host}:${port}: ${error.message}`;
      const systemCode = error.code ?? 'unknown';
      resolve(err({ code: CODES.get(systemCode) ?? 'listen_failed', sentence, systemCode }));
    };
    server.once('error', onError);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(ok({ host, port: typeof address === 'object' && address !== null ? address.port : port }));
    });
  });
}

/** How long an answer that is on its way may take once the server closes. */
const GRACE_MS = 2000;

export function closeServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
