import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface StubRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

export type StubHandler = (request: StubRequest) => StubAnswer | 'hang up' | Promise<StubAnswer | 'hang up'>;

export interface StubDaemon {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly StubRequest[];
  readonly close: () => Promise<void>;
}

/** A server that answers as the test says; ends with the test. */
export async function startStub(handler: StubHandler, port = 0): Promise<StubDaemon> {
  const requests: StubRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: await text(incoming) };
      requests.push(request);
      const answer = await handler(request);
      if (answer === 'hang up') incoming.socket.destroy();
      else send(outgoing, answer);
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${bound}`, port: bound, requests, close };
}

function send(outgoing: ServerResponse, { status = 200, headers = {}, body }: StubAnswer): void {
  outgoing.writeHead(status, headers);
  const isPlain = typeof body === 'string' || body instanceof Uint8Array;
  outgoing.end(body === undefined ? '' : isPlain ? body : `${JSON.stringify(body)}\n`);
}

/** Answers by `METHOD /path`; the query is not looked at. What is not listed is a 404 as inherited daemons say it. */
export const byRoute =
  (routes: Readonly<Record<string, StubAnswer | StubHandler>>): StubHandler =>
  (request) => {
    const route = routes[`${request.method} ${request.url.split('?')[0]}`];
    if (route === undefined) return { status: 404, body: '404 page not found\n' };
    return typeof route === 'function' ? route(request) : route;
  };
