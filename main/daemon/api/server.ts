import { setMaxListeners } from 'node:events';

import type { Result } from '../../../contract/result.ts';
import { createAnswerOnce } from '../services/answer-once.ts';
import type { ServiceContext } from '../services/context.ts';
import type { AuthMode } from './access.ts';
import { createApp } from './app.ts';
import type { ApiContext } from './call.ts';
import { createDoor } from './door.ts';
import type { DaemonRules } from './guard.ts';
import { type Address, closeServer, type ListenFailure, listenOn } from './listen.ts';
import { createPeerBook } from './peer-book.ts';
import type { PeerLookup } from './peer-lookup.ts';

export interface ApiConfig {
  /** A loopback address. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly token: string;
  readonly authMode: AuthMode;
  /** Of each peer, on average over ten seconds; 0: as many as it likes. */
  readonly rateLimitPerSecond: number;
  /** This is WSL: browsers of Windows come through a relay. */
  readonly hasRelay?: boolean;
  /** Ten seconds unless it is said. */
  readonly slowReaderMs?: number;
}

export interface Api {
  /** Starts listening, on another port than the configured one if it is given. After a failure it may be tried again. */
  listen(port?: number): Promise<Result<Address, ListenFailure>>;
  /** Null while it does not listen. */
  address(): Address | null;
  /** Takes no more requests, sends away who waits or follows, and resolves when every connection is closed. */
  close(): Promise<void>;
}

export interface ApiParts {
  readonly context: ServiceContext;
  readonly config: ApiConfig;
  readonly peers: PeerLookup;
  /** Until it is true, requests for the record are 503. */
  readonly isReady: () => boolean;
}

const SLOW_READER_MS = 10_000;

/** The HTTP edge of one daemon. */
export async function createApi({ context, config, peers, isReady }: ApiParts): Promise<Api> {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let bound: Address | null = null;
  const apiContext: ApiContext = {
    services: context,
    peers: createPeerBook(peers),
    isReady,
    closing: closing.signal,
    slowReaderMs: config.slowReaderMs ?? SLOW_READER_MS,
    upgrades: new WeakMap(),
    answerOnce: createAnswerOnce(context),
    door: createDoor(context),
    hasRelay: config.hasRelay ?? false,
  };
  const rulesNow = (): DaemonRules => ({
    port: bound?.port ?? config.port,
    token: config.token,
    authMode: config.authMode,
  });
  const { app, server } = await createApp(apiContext, { rulesNow, rateLimitPerSecond: config.rateLimitPerSecond });
  return {
    async listen(port = config.port) {
      const listening = await listenOn(server, { host: config.host, port });
      if (listening.ok) bound = listening.value;
      return listening;
    },
    address: () => bound,
    async close() {
      closing.abort();
      bound = null;
      await closeServer(server);
      await app.close();
    },
  };
}
