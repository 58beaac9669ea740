import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

import { checkDocumented } from './documented-answers.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpRequest {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One request on a connection of its own, with exactly these headers and `Host`. */
export async function httpAnswer(request: HttpRequest): Promise<HttpAnswer> {
  const response = await openAnswer(request);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString('utf8');
  const answer = { status: response.statusCode ?? 0, headers: response.headers, body };
  checkDocumented(request, answer);
  return answer;
}

/** The same with the body left to the caller, who destroys it. */
export async function openAnswer({
  port,
  method = 'GET',
  path,
  headers = {},
  body,
}: HttpRequest): Promise<IncomingMessage> {
  const length = body === undefined ? {} : lengthOf(body, headers);
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { ...length, ...headers },
    agent: false,
  });
  request.end(body);
  const [response]: IncomingMessage[] = await once(request, 'response');
  // A server that has answered need not read the rest of what is sent.
  request.on('error', () => undefined);
  if (response === undefined) throw new Error('no response');
  return response;
}

const lengthOf = (body: string | Uint8Array, headers: HttpRequest['headers']): Record<string, string> =>
  headers?.['transfer-encoding'] === undefined ? { 'content-length': String(Buffer.byteLength(body)) } : {};

/** What comes back for exactly these bytes, until the other end closes. */
export async function rawAnswer(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(bytes);
  return readToEnd(socket);
}

async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += String(chunk);
  });
  // A server that answers early and closes may reset what was still being sent; what it said counts.
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return text;
}
