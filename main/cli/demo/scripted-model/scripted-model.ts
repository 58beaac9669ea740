import { createServer, type Server } from 'node:http';
import { answerRequest, type SeenRequest } from './answer-request.ts';

export interface ScriptedModel {
  readonly url: string;
  /** Without a slash at its end; the agent's client adds `/v1/…` or `/v1beta/…`. */
  readonly baseUrl: (scenario: string) => string;
  /** Those of the model itself, in the order in which they came. */
  readonly requests: () => readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

export interface ScriptedModelOptions {
  readonly port?: number;
  /** Between two parts of an answer, so that it can be watched. */
  readonly pauseMs?: number;
}

const UPGRADE_REFUSED = 'HTTP/1.1 426 Upgrade Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

/**
 * A model that follows a script, on loopback: it speaks the wire formats of OpenAI (Responses, Chat Completions),
 * Anthropic and Gemini, so that the vendors' own programs work with it. The script is named in the base URL; which of
 * its turns is due is read from the request.
 */
export async function startScriptedModel({ port = 0, pauseMs = 5 }: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const seen: SeenRequest[] = [];
  const refusals = new Map<string, number>();
  const server = createServer((request, response) => {
    answerRequest({ request, response, pauseMs, refusals, note: (one) => seen.push(one) }).catch(() =>
      response.destroy(),
    );
  });
  // An agent may take a socket that this end is about to close, and count that as a failed request.
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  server.on('upgrade', (_request, socket) => socket.end(UPGRADE_REFUSED));
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    baseUrl: (scenario) => `${url}/s/${scenario}`,
    requests: () => [...seen],
    close: () => close(server),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the scripted model has no port');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
