import { setMaxListeners } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { KnownToken } from '../services/keyring.ts';
import type { ApiContext } from './call.ts';

interface Admitted {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Remembers whose request it is. What is still being sent when the token is over is cut off: streams never end by themselves. */
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
    if (isUpgrade || response.headersSent) request.socket.destroy();
  };
  setMaxListeners(0, known.over);
  known.over.addEventListener('abort', cutOff, { once: true });
  (isUpgrade ? request.socket : response).once('close', () => known.over.removeEventListener('abort', cutOff));
}
