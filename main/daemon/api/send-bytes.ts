import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

import { type BytePart, sliceBytes } from './byte-range.ts';

const BUFFER_BYTES = 256 * 1024;

/** Bytes at the pace of the reader: nothing is read ahead of what the socket takes. All of them, or one part. */
export function sendBytes(reply: FastifyReply, source: AsyncIterable<Uint8Array>, part?: BytePart): FastifyReply {
  if (part === undefined && source instanceof Readable) return reply.send(source);
  const bytes = part === undefined ? source : sliceBytes(source, part);
  const stream = Readable.from(bytes, { objectMode: false, highWaterMark: BUFFER_BYTES });
  // A generator that was never started closes nothing: the file behind it would stay open.
  if (source instanceof Readable) stream.once('close', () => source.destroy());
  return reply.send(stream);
}
