import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PageQuery } from '../../../contract/wire/list-queries.ts';
import { AttemptPath } from '../../../contract/wire/paths.ts';
import { encodeSalvageEntry, WireSalvageEntry } from '../../../contract/wire/salvage-entry.ts';
import { listSalvage, releaseSalvage, showSalvage } from '../services/salvage.ts';
import { answer } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';

export function serveSalvage(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = operation({
    id: 'listSalvage',
    summary: 'The kept work of attempts, newest first',
    scope: 'salvage:read',
    query: PageQuery,
    answers: { 200: json(z.array(WireSalvageEntry), 'One page of what is kept', PAGED) },
    handle: async (call, { query }) => {
      const { limit, after, signal } = listRequest(context, call, query);
      const page = await listSalvage(services, { limit, after, signal });
      return answerPage(call, page, (entries) => entries.map(encodeSalvageEntry));
    },
  });
  const show = operation({
    id: 'getSalvage',
    summary: 'What is kept of one attempt, and the commands that bring it back',
    scope: 'salvage:read',
    path: AttemptPath,
    answers: { 200: json(WireSalvageEntry, 'What is kept') },
    refusals: ['attempt_not_found', 'not_found'],
    handle: (call, { id }) => answer(call, showSalvage(services, { attemptId: id }), encodeSalvageEntry),
  });
  const release = operation({
    id: 'releaseSalvage',
    summary: 'Lets go of what is kept of one attempt; it cannot be brought back',
    scope: 'salvage:write',
    by: 'operators',
    path: AttemptPath,
    answers: { 200: json(WireSalvageEntry, 'What was let go of') },
    refusals: ['attempt_not_found', 'not_found', 'state_conflict'],
    handle: async (call, { id }) => {
      const actor = await actorOf(context, call);
      return answer(call, await releaseSalvage(services, { attemptId: id, actor }), encodeSalvageEntry);
    },
  });
  serve(app, '/api/v1/salvage', { GET: list });
  serve(app, '/api/v1/salvage/:id', { GET: show });
  serve(app, '/api/v1/salvage/:id/release', { POST: release });
  serveStrays(app, '/api/v1/salvage');
}
