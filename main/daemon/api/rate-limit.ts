import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const WINDOW_SECONDS = 10;

/**
 * Counts what a peer asks: a wait or a stream counts once, however long it lasts. A counter is there for a program that
 * has run wild; `perSecond` is an average over ten seconds, and 0 counts nothing.
 */
export async function limitRates(app: FastifyInstance, perSecond: number): Promise<void> {
  if (perSecond === 0) return;
  await app.register(rateLimit, {
    max: perSecond * WINDOW_SECONDS,
    timeWindow: WINDOW_SECONDS * 1000,
    keyGenerator: peerOf,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { max, ttl }) => new TooManyRequests({ max, seconds: Math.ceil(ttl / 1000) }),
  });
}

/** Whoever holds the token, or an address: all that can be told without asking the system about each connection. */
const peerOf = ({ headers, ip }: FastifyRequest): string => (headers.authorization === undefined ? ip : 'token');

/** Thrown by the counter, answered like every other refusal. */
export class TooManyRequests extends Error {
  constructor({ max, seconds }: { readonly max: number; readonly seconds: number }) {
    super(`more than ${max} requests in ${WINDOW_SECONDS} seconds: try again in ${seconds} s`);
    this.name = 'TooManyRequests';
  }
}
