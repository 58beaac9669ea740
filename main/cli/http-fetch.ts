import type { IncomingMessage, RequestOptions } from 'node:http';
import type { ClientReply, ClientRequest, FetchLike } from '../../contract/client/http-types.ts';

/**
 * `fetch` over node:http, which starts in half the time of the global one. Both modules are taken at the first call:
 * importing them costs every command that never talks to a daemon.
 */
export const httpFetch: FetchLike = (url, request) =>
  new Promise((resolve, reject) => {
    const outgoing = requestModule(url).request(url, optionsOf(request), (incoming) => resolve(replyOf(incoming)));
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });

const requestModule = (url: string) =>
  url.startsWith('https:') ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');

function optionsOf({ method, headers, body, signal }: ClientRequest): RequestOptions {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  // One connection a request: an idle one that the daemon closes at that moment would fail the next call.
  return { method, headers: { ...headers, ...length }, agent: false, ...(signal === undefined ? {} : { signal }) };
}

function replyOf(incoming: IncomingMessage): ClientReply {
  return {
    status: incoming.statusCode ?? 0,
    headers: { get: (name) => headerText(incoming.headers[name]) },
    body: incoming,
    text: () => readText(incoming),
  };
}

const headerText = (value: string | readonly string[] | undefined): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : value.join(', ');

async function readText(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}
