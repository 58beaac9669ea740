import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { answerMalformed } from './answer-malformed.ts';
import { SMALL_BODY_BYTES } from './body-spec.ts';
import type { ApiContext } from './call.ts';
import { redirectToCleanPath } from './clean-path.ts';
import { answerErrors } from './errors.ts';
import { type DaemonRules, guard, keepOutExecutors } from './guard.ts';
import { acceptBodies } from './json-body.ts';
import { keepRoom } from './keep-room.ts';
import { limitRates } from './rate-limit.ts';
import { refuse } from './refuse.ts';
import { logChanges } from './request-log.ts';
import { serveRoutes } from './routes.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import { endStaleWorkers } from './stale-worker.ts';
import { routeUpgrades, shouldUpgrade } from './upgrade.ts';

/** How long a request may take to arrive; an answer may take as long as it likes. */
const SERVER = {
  requestTimeout: 60_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 75_000,
  shouldUpgradeCallback: shouldUpgrade,
} as const;

/** Anybody on this machine may connect before it is known who it is; attempts need descriptors, too. */
const ROOM = { maxConnections: 1000, reserved: 100 } as const;

export interface App {
  readonly app: FastifyInstance;
  /** Ready, and not listening yet. */
  readonly server: Server;
}

export interface AppRules {
  readonly rulesNow: () => DaemonRules;
  /** Of each peer, on average over ten seconds; 0: as many as it likes. */
  readonly rateLimitPerSecond: number;
}

/** The routes and what stands in front of each of them, in the order in which a request meets it. */
export async function createApp(context: ApiContext, { rulesNow, rateLimitPerSecond }: AppRules): Promise<App> {
  const app = fastify({
    serverFactory: (handler) => createServer(SERVER, handler),
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => {
      // No hook has seen it.
      setSecurityHeaders(reply);
      refuse({ request, reply }, refusal('invalid_input', `the path cannot be read: ${error.message}`));
    },
    genReqId: requestIdOf,
    bodyLimit: SMALL_BODY_BYTES,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 4096 },
  });
  keepRoom(app.server, context.peers, ROOM);
  addSecurityHeaders(app);
  endStaleWorkers(app);
  guard(app, context, rulesNow);
  refuseWhileStarting(app, context);
  refuseWhileClosing(app, context);
  redirectToCleanPath(app);
  acceptBodies(app);
  answerErrors(app, context.services);
  logChanges(app, context.services.log);
  await limitRates(app, { perSecond: rateLimitPerSecond, peers: context.peers });
  keepOutExecutors(app, context);
  serveRoutes(app, context);
  routeUpgrades(app, context.upgrades);
  await app.ready();
  return { app, server: app.server };
}

/** The asker's own id, when it can stand in a header and a log, so that both sides name the request alike. */
function requestIdOf({ headers }: IncomingMessage): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.-]{1,128}$/.test(sent) ? sent : randomUUID();
}

/** What says that somebody is there, and who. */
const ANSWERED_AT_ONCE: ReadonlySet<string> = new Set(['/health', '/version', '/api/v1/instance']);

function refuseWhileStarting(app: FastifyInstance, { isReady }: ApiContext): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (isReady() || ANSWERED_AT_ONCE.has(request.url)) {
      done();
      return;
    }
    refuse({ request, reply }, refusal('starting', 'the daemon is starting: ask again in a moment'));
  });
}

function refuseWhileClosing(app: FastifyInstance, { closing }: ApiContext): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!closing.aborted) {
      done();
      return;
    }
    reply.header('connection', 'close');
    refuse({ request, reply }, refusal('shutting_down', 'the daemon is stopping: ask again when it is back'));
  });
}
