import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { TokenRecord } from '../../../contract/access-token.ts';
import { PageQuery } from '../../../contract/wire/list-queries.ts';
import { TokenPath } from '../../../contract/wire/paths.ts';
import { encodeToken, WireToken } from '../../../contract/wire/token.ts';
import { listTokens } from '../services/list-tokens.ts';
import { revokeToken } from '../services/revoke-token.ts';
import { answer } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { answerPage } from './list-page.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';

const DEFAULT_LIMIT = 100;

/** The tokens of windows and programs: what they are called and how old they are, never what they are made of. */
export function serveTokens(app: FastifyInstance, context: ApiContext): void {
  const { services, door } = context;
  const encodeFor = (call: Call) => {
    const own = door.holders.get(call.request.raw)?.token.id;
    return (token: TokenRecord) => encodeToken({ token, isSelf: token.id === own });
  };
  const list = operation({
    id: 'listTokens',
    summary: 'The tokens beside the one of the daemon, newest first',
    description: 'Those of windows and programs, also what was revoked or has expired within the last month.',
    scope: 'admin:read',
    by: 'operators',
    query: PageQuery,
    answers: { 200: json(z.array(WireToken), 'One page of tokens', PAGED) },
    handle: (call, { query: { limit = DEFAULT_LIMIT, after } }) => {
      const page = listTokens(services, door.keyring, { limit, after });
      return answerPage(call, page, (tokens) => tokens.map(encodeFor(call)));
    },
  });
  const revoke = operation({
    id: 'revokeToken',
    summary: 'Takes a token back: from now on it lets nobody in',
    description: 'What is being streamed to its holder ends. A second time changes nothing.',
    scope: 'admin:write',
    by: 'operators',
    path: TokenPath,
    answers: { 200: json(WireToken, 'What was revoked') },
    refusals: ['not_found'],
    handle: async (call, { id: tokenId }) => {
      const actor = await actorOf(context, call);
      return answer(call, revokeToken(services, door.keyring, { tokenId, actor }), encodeFor(call));
    },
  });
  serve(app, '/api/v1/tokens', { GET: list });
  serve(app, '/api/v1/tokens/:id', { DELETE: revoke });
  serveStrays(app, '/api/v1/tokens');
}
