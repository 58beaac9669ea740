import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { recordRefusal } from '../services/record-refusal.ts';
import { type AccessRules, judgeHeaders, type OpenTo, type Proof } from './access.ts';
import { admit } from './admit.ts';
import type { ApiContext } from './call.ts';
import { actorName, type PeerBook } from './peer-book.ts';
import type { PeerAttempt } from './peer-lookup.ts';
import { refuse } from './refuse.ts';

/** Lets in who may come in, before anything else of the request is read. */
export function guard(app: FastifyInstance, context: ApiContext, rulesNow: () => DaemonRules): void {
  const { peers, door } = context;
  const knownToken = (hash: string) => door.keyring.use(hash);
  app.addHook('onRequest', async (request, reply) => {
    const proof = judgeHeaders(request.headers, { ...rulesNow(), knownToken, openTo: whoMayAsk(request) });
    if (!proof.ok) return refuse({ request, reply }, proof.error);
    if (proof.value.kind === 'token' && proof.value.known !== null)
      admit(context, { request, reply }, proof.value.known);
    if (!needsThisUser(proof.value, context) || (await peers.isSameUser(request.raw.socket))) return undefined;
    const sentence = 'only processes of the user who runs this daemon get in without its token';
    return refuse({ request, reply }, refusal('forbidden_peer', sentence));
  });
}

/**
 * Who has to be a process of this user. A page goes on sending its token to its port while the daemon is down, and
 * whoever listens there meanwhile may be another user: what he hears is worth nothing to him.
 */
const needsThisUser = (proof: Proof, { hasRelay }: ApiContext): boolean =>
  proof.kind === 'peer-needed' || (proof.kind === 'token' && proof.known?.token.kind === 'window' && !hasRelay);

/** Those that do not depend on what is asked for. */
export type DaemonRules = Omit<AccessRules, 'knownToken' | 'openTo'>;

function whoMayAsk({ routeOptions }: FastifyRequest): OpenTo {
  const declared = routeOptions.config.declared;
  if (declared === undefined) return 'nobody';
  if (declared.kind === 'hidden') return declared.openTo ?? 'nobody';
  if (declared.operation.isDoor === true) return 'door';
  return declared.operation.scope === 'public' ? 'public' : 'nobody';
}

/**
 * Keeps processes of attempts from what only operators may do, whatever token they carry: to decide about work, its own
 * or another's.
 */
export function keepOutExecutors(app: FastifyInstance, context: ApiContext): void {
  app.addHook('onRoute', (route) => {
    const declared = route.config?.declared;
    if (declared?.kind !== 'operation' || declared.operation.by !== 'operators') return;
    route.preHandler = refuseExecutors(context);
  });
}

const refuseExecutors =
  (context: ApiContext): preHandlerAsyncHookHandler =>
  async (request, reply) => {
    const { services, peers } = context;
    const { method, url, raw } = request;
    const attempt = await attemptBehind(raw.socket, peers);
    if (attempt === null || (attempt === 'unknown' && (await isWindowBehindRelay(context, request)))) return undefined;
    const reason = attempt === 'unknown' ? `it cannot be told which process asks, and ${THEIRS}` : THEIRS;
    recordRefusal(services, { actor: actorName(attempt), method, path: url.split('?', 1)[0] ?? url, reason });
    // An async hook that has answered hands the reply back.
    return refuse({ request, reply }, refusal('forbidden_executor', reason));
  };

const THEIRS = 'a process of an attempt may not decide about work: an operator has to';

/**
 * A browser of Windows reaches a daemon in WSL through a relay of the system: the far end is another user's, or not on this
 * side at all. That of an attempt is this user's, as long as it is open. What is asked for still needs the token of a window,
 * or the code of a link.
 */
async function isWindowBehindRelay({ peers, door, hasRelay }: ApiContext, request: FastifyRequest): Promise<boolean> {
  const isWindow = whoMayAsk(request) === 'door' || door.holders.get(request.raw)?.token.kind === 'window';
  const { socket } = request.raw;
  if (!hasRelay || !isWindow || (await peers.isSameUser(socket))) return false;
  return !(await hasEnded(socket));
}

/**
 * Who asks and exits at once leaves a connection that belongs to nobody. Its end shows once everything that was sent is
 * read, and after two turns of the loop: sockets are certainly looked at in between.
 */
async function attemptBehind(socket: Socket, peers: PeerBook): Promise<PeerAttempt> {
  const attempt = await peers.attemptNow(socket);
  if (attempt !== null) return attempt;
  return (await hasEnded(socket)) ? 'unknown' : null;
}

async function hasEnded(socket: Socket): Promise<boolean> {
  await setImmediate();
  await setImmediate();
  return socket.destroyed || socket.readableEnded;
}
