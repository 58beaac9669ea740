import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ServiceContext } from '../services/context.ts';
import type { PeerLookup } from './peer-lookup.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: `operator`, or `executor:<attempt>`. */
    actor: string;
  }
}

/** What every resource is made of. */
export interface ApiContext {
  readonly services: ServiceContext;
  readonly peers: PeerLookup;
  /** Aborted when the server closes: whoever waits is sent away. */
  readonly closing: AbortSignal;
}

export type ApiRequest = FastifyRequest<{ Params: Readonly<Record<string, string>> }>;

/** One request and its answer. */
export interface Call {
  readonly request: ApiRequest;
  readonly reply: FastifyReply;
}
