import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; of a name that is there twice, the values joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Writes these bytes on a connection of its own and reads one answer, as far as its own headers say that it goes. */
export function exchange(port: number, bytes: string | Uint8Array, isHead = false): Promise<RawAnswer> {
  const socket = connect({ host: '127.0.0.1', port });
  const answer = readAnswer(socket, isHead);
  socket.write(bytes);
  return answer.finally(() => socket.destroy());
}

function readAnswer(socket: Socket, isHead: boolean): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, Buffer.from(chunk)]);
      const answer = parseAnswer(received, isHead);
      if (answer !== null) resolve(answer);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed before the answer was whole: ${received.toString('latin1')}`)));
  });
}

/** Null while it is not whole. */
function parseAnswer(bytes: Buffer, isHead: boolean): RawAnswer | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  const headers = parseHeaders(lines);
  const rest = bytes.subarray(headEnd + 4);
  const body = isHead || status === 204 ? Buffer.alloc(0) : readBody(headers, rest);
  return body === null ? null : { status, headers, body: body.toString('utf8') };
}

function parseHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return headers;
}

function readBody(headers: ReadonlyMap<string, string>, rest: Buffer): Buffer | null {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(rest);
  const length = Number(headers.get('content-length') ?? 'none');
  if (Number.isNaN(length)) throw new Error('an answer without a length');
  return rest.length < length ? null : rest.subarray(0, length);
}

function readChunks(rest: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    const end = lineEnd + 2 + size;
    if (rest.length < end + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(rest.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}
