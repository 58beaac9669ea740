import { Agent, type IncomingMessage, request } from 'node:http';

/** Calls one daemon over connections that stay open. */
export interface ApiClient {
  call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown>;
  /** A reply that goes on: a follower of a log or of events. */
  open(path: string): Promise<IncomingMessage>;
  close(): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly token: string;
}

export function createApiClient(address: Address): ApiClient {
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, path: string, body?: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { host, port } = address;
      const outgoing = request({ host, port, method, path, agent, headers: headersOf(address, body) }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return {
    async call(method, path, body) {
      const reply = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
      const text = await readText(reply);
      if ((reply.statusCode ?? 0) >= 400) throw new Error(`${method} ${path}: ${reply.statusCode} ${text.trim()}`);
      return text === '' ? null : JSON.parse(text);
    },
    async open(path) {
      const reply = await send('GET', path);
      if (reply.statusCode === 200) return reply;
      throw new Error(`GET ${path}: ${reply.statusCode} ${await readText(reply)}`);
    },
    close: () => agent.destroy(),
  };
}

const headersOf = ({ token }: Address, body: string | undefined): Record<string, string | number> => ({
  authorization: `Bearer ${token}`,
  ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
});

async function readText(reply: IncomingMessage): Promise<string> {
  reply.setEncoding('utf8');
  let text = '';
  for await (const chunk of reply) text += chunk;
  return text;
}
