import type { Server } from 'node:http';

import { err, ok, type Result } from '../../../contract/result.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `port_taken`: somebody listens there, or it is not ours to take; another port may be free. */
export interface ListenFailure {
  readonly code: 'port_taken' | 'listen_failed';
  readonly sentence: string;
}

export function listenOn(server: Server, { host, port }: Address): Promise<Result<Address, ListenFailure>> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const sentence = `cannot listen on ${host}:${port}: ${error.message}`;
      resolve(err({ code: isTaken ? 'port_taken' : 'listen_failed', sentence }));
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
