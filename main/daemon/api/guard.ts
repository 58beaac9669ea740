import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { recordRefusal } from '../services/record-refusal.ts';
import { type AccessRules, judgeHeaders, type Proof } from './access.ts';
import type { ApiContext } from './call.ts';
import type { PeerLookup } from './peer-lookup.ts';
import { refuse } from './refuse.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets in who may come in, and writes down who it is, before anything else of the request is read. */
export function guard(app: FastifyInstance, { peers }: ApiContext, rulesNow: () => AccessRules): void {
  const sameUser = new WeakMap<Socket, Promise<boolean>>();
  app.decorateRequest('actor', 'operator');
  app.addHook('onRequest', async (request, reply) => {
    const proof = judgeHeaders(request.headers, rulesNow());
    if (!proof.ok) return refuse({ request, reply }, proof.error);
    const error = await identify(request, { peers, sameUser, proof: proof.value });
    return error === null ? undefined : refuse({ request, reply }, error);
  });
}

interface Identification {
  readonly peers: PeerLookup;
  /** Whether the other end of a connection is of the same user: asked once. */
  readonly sameUser: WeakMap<Socket, Promise<boolean>>;
  readonly proof: Proof;
}

async function identify(request: FastifyRequest, { peers, sameUser, proof }: Identification): Promise<Refusal | null> {
  const { socket } = request.raw;
  if (proof === 'peer-needed') {
    const asked = sameUser.get(socket) ?? isSameUser(peers, socket);
    sameUser.set(socket, asked);
    if (!(await asked)) {
      return refusal('forbidden_peer', 'only processes of the user who runs this daemon get in without its token');
    }
  }
  if (READS.has(request.method)) return null;
  const attemptId = await peers.attemptOf(socket);
  if (attemptId !== null) request.actor = `executor:${attemptId}`;
  return null;
}

async function isSameUser(peers: PeerLookup, socket: Socket): Promise<boolean> {
  const uid = await peers.uidOf(socket);
  return uid !== null && uid === process.getuid?.();
}

/** A `preHandler` for changes that an executor may not make, whatever token it carries: to decide about work, its own or another's. */
export const refuseExecutors =
  ({ services }: ApiContext): preHandlerAsyncHookHandler =>
  async (request, reply) => {
    const reason = READS.has(request.method) ? null : await whyNotTheirs(request);
    if (reason === null) return;
    const { actor, method, url } = request;
    recordRefusal(services, { actor, method, path: url.split('?', 1)[0] ?? url, reason });
    // An async hook that has answered hands the reply back.
    return refuse({ request, reply }, refusal('forbidden_executor', reason));
  };

async function whyNotTheirs({ actor, raw }: FastifyRequest): Promise<string | null> {
  if (actor.startsWith('executor:')) return 'a process of an attempt may not decide about work: an operator has to';
  // Who asks and exits at once leaves a connection that belongs to nobody. Its end shows once everything that was sent is
  // read, and after two turns of the loop: sockets are certainly looked at in between.
  await setImmediate();
  await setImmediate();
  const { socket } = raw;
  const isThere = !socket.destroyed && !socket.readableEnded;
  return isThere ? null : 'whoever asked for this has hung up before it was clear who it was';
}
