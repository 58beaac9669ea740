import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** Strong: the same tag is the same bytes (RFC 9110, 8.8.3). */
export const entityTag = (body: Buffer): string => `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;

/**
 * An answer that somebody may ask for again and again: who says in `If-None-Match` that it has these bytes gets none.
 * Only what a GET reads has a tag, and the HEAD of it.
 */
export function sendTagged(reply: FastifyReply, body: Buffer, tag?: string): FastifyReply {
  const { method, headers } = reply.request;
  if ((method !== 'GET' && method !== 'HEAD') || reply.statusCode !== 200) return reply.send(body);
  const current = tag ?? entityTag(body);
  reply.header('etag', current);
  if (!isAmong(headers['if-none-match'], current)) return reply.send(body);
  return reply.code(304).removeHeader('content-type').send();
}

/** Compared weakly: a proxy may have weakened what we sent. */
function isAmong(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const known = header.split(',').map((one) => one.trim());
  return ['*', tag, `W/${tag}`].some((one) => known.includes(one));
}
