import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { recordRefusal } from '../services/record-refusal.ts';
import { type AccessRules, judgeHeaders, type Proof } from './access.ts';
import type { ApiContext } from './call.ts';
import type { PeerLookup } from './peer-lookup.ts';
import { refuse } from './refuse.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets in who may come in, and writes down who it is, before anything else of the request is read. */
export function guard(app: FastifyInstance, { peers }: ApiContext, rulesNow: () => AccessRules): void {
  const known = new WeakSet<Socket>();
  app.decorateRequest('actor', 'operator');
  app.addHook('onRequest', async (request, reply) => {
    const proof = judgeHeaders(request.headers, rulesNow());
    if (!proof.ok) return refuse({ request, reply }, proof.error);
    const error = await identify(request, { peers, known, proof: proof.value });
    return error === null ? undefined : refuse({ request, reply }, error);
  });
}

interface Identification {
  readonly peers: PeerLookup;
  /** Connections whose other end is known to be of the same user. */
  readonly known: WeakSet<Socket>;
  readonly proof: Proof;
}

async function identify(request: FastifyRequest, { peers, known, proof }: Identification): Promise<Refusal | null> {
  const { socket } = request.raw;
  if (proof === 'peer-needed' && !known.has(socket)) {
    if (!(await isSameUser(peers, socket))) {
      return refusal('forbidden_peer', 'only processes of the user who runs this daemon get in without its token');
    }
    known.add(socket);
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

/** For changes that an executor may not make, whatever token it carries: to decide about work, its own or another's. */
export const refuseExecutors =
  ({ services }: ApiContext): onRequestHookHandler =>
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
  // Who asks and exits at once leaves a connection that belongs to nobody: its end needs a turn of the loop to show.
  await setImmediate();
  const { socket } = raw;
  const isThere = !socket.destroyed && !socket.readableEnded;
  return isThere ? null : 'whoever asked for this has hung up before it was clear who it was';
}
