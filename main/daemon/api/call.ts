import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AnswerOnce } from '../services/answer-once.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Door } from './door.ts';
import type { PeerBook } from './peer-book.ts';
import type { Upgrades } from './upgrade.ts';

/** What every resource is made of. */
export interface ApiContext {
  readonly services: ServiceContext;
  readonly peers: PeerBook;
  /** False until recovery has explained what an earlier daemon left. */
  readonly isReady: () => boolean;
  /** Aborted when the server closes: whoever waits is sent away. */
  readonly closing: AbortSignal;
  /** How long a reader of a WebSocket may leave a full buffer as it is. */
  readonly slowReaderMs: number;
  readonly upgrades: Upgrades;
  readonly answerOnce: AnswerOnce;
  readonly door: Door;
  /** Browsers may come through a relay of the system that hides who they are: Windows, as WSL sees it. */
  readonly hasRelay: boolean;
}

export type ApiRequest = FastifyRequest<{ Params: Readonly<Record<string, string>> }>;

/** One request and its answer. */
export interface Call {
  readonly request: ApiRequest;
  readonly reply: FastifyReply;
}

/** Under which name the record keeps what this request changes: `operator`, `executor:<attempt>`, or `unknown`. */
export const actorOf = ({ peers }: Pick<ApiContext, 'peers'>, { request }: Pick<Call, 'request'>): Promise<string> =>
  peers.actorOf(request.raw.socket);
