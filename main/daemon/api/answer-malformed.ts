import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';

/** Answers what is not HTTP, where there is no request to answer; the connection cannot be used any further. */
export function answerMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code: ErrorCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'body_too_large' : 'invalid_input';
  const body = code === 'body_too_large' ? 'the headers are too large\n' : 'this is not an HTTP request\n';
  const head = [
    `HTTP/1.1 ${ERRORS[code].status} ${code === 'body_too_large' ? 'Payload Too Large' : 'Bad Request'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${randomUUID()}`,
    `X-Codencer-Error: ${code}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
