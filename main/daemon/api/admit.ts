import { setMaxListeners } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { KnownToken } from '../services/keyring.ts';
import type { ApiContext } from './call.ts';

interface Admitted {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Remembers whose request it is. When the token is over all of them are cut off: a stream never ends by itself, and one
 * that has told nothing yet, like a wait, would tell it later. Who gives up its own token is still answered.
 */
export function admit(
  { door, upgrades }: Pick<ApiContext, 'door' | 'upgrades'>,
  call: Admitted,
  known: KnownToken,
): void {
  const { raw: request } = call.request;
  const { raw: response } = call.reply;
  door.holders.set(request, known);
  const isUpgrade = upgrades.has(request);
  const cutOff = (): void => {
    if (!isFarewell(call.request, known)) request.socket.destroy();
  };
  setMaxListeners(0, known.over);
  known.over.addEventListener('abort', cutOff, { once: true });
  (isUpgrade ? request.socket : response).once('close', () => known.over.removeEventListener('abort', cutOff));
}

const isFarewell = ({ method, url }: FastifyRequest, { token }: KnownToken): boolean =>
  method === 'DELETE' && url.split('?', 1)[0]?.endsWith(`/${token.id}`) === true;
