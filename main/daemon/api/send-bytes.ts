import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Bytes at the pace of the reader: nothing is read ahead of what the socket takes. */
export const sendBytes = (reply: FastifyReply, source: AsyncIterable<Uint8Array>): FastifyReply =>
  reply.send(Readable.from(source, { objectMode: false, highWaterMark: 256 * 1024 }));
