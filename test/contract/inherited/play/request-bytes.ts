import type { Request } from '../case.ts';

export interface Sender {
  readonly port: number;
  readonly sentBy: 'curl' | 'go';
}

/** Exactly what goes over the wire. What a request names itself replaces what the sender says by itself. */
export function requestBytes({ method, path, body, headers = {} }: Request, { port, sentBy }: Sender): Buffer {
  const own = new Map(Object.entries({ Host: `127.0.0.1:${port}`, ...senderHeaders(sentBy, body !== undefined) }));
  if (body !== undefined) own.set('Content-Length', String(Buffer.byteLength(body)));
  for (const [name, value] of Object.entries(headers)) own.set(name, value);
  const lines = [...own].map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** curl calls every body a form; Go's client says what it sends. */
function senderHeaders(sentBy: Sender['sentBy'], hasBody: boolean): Readonly<Record<string, string>> {
  if (sentBy === 'go') {
    return {
      'User-Agent': 'Go-http-client/1.1',
      'Accept-Encoding': 'gzip',
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    };
  }
  return {
    'User-Agent': 'curl/7.88.1',
    Accept: '*/*',
    ...(hasBody ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
  };
}
