import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { OPERATOR, type PeerBook } from './peer-book.ts';

const WINDOW_SECONDS = 10;

export interface RateRules {
  /** On average over ten seconds; 0 counts nothing. */
  readonly perSecond: number;
  readonly peers: Pick<PeerBook, 'actorOf'>;
}

/**
 * Counts what a peer asks: a wait or a stream counts once, however long it lasts. A counter is there for a program that
 * has run wild. Attempts and operators come from the same address and can read the same token: once half of what is
 * theirs together is gone, it is looked up who asks, and the other half is for operators.
 */
export async function limitRates(app: FastifyInstance, { perSecond, peers }: RateRules): Promise<void> {
  if (perSecond === 0) return;
  const max = perSecond * WINDOW_SECONDS;
  const half = Math.ceil(max / 2);
  const countIn = createCounter(WINDOW_SECONDS * 1000);
  await app.register(rateLimit, {
    max: (_request, key) => (key === ATTEMPTS ? half : max),
    timeWindow: WINDOW_SECONDS * 1000,
    keyGenerator: async (request: FastifyRequest) => {
      const peer = peerOf(request);
      if (countIn(peer) <= half) return peer;
      return (await peers.actorOf(request.raw.socket)) === OPERATOR ? peer : ATTEMPTS;
    },
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { max, ttl }) => new TooManyRequests({ max, seconds: Math.ceil(ttl / 1000) }),
  });
}

/** Under which all attempts are counted that ask when half is gone. */
const ATTEMPTS = 'attempts';

/** How often each peer has come in the present window, which begins with its first request. */
function createCounter(windowMs: number): (peer: string) => number {
  const counts = new Map<string, { readonly sinceMs: number; count: number }>();
  return (peer) => {
    const present = counts.get(peer);
    const nowMs = Date.now();
    if (present === undefined || nowMs - present.sinceMs >= windowMs) {
      counts.set(peer, { sinceMs: nowMs, count: 1 });
      return 1;
    }
    present.count += 1;
    return present.count;
  };
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
