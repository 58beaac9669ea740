import type { FastifyInstance } from 'fastify';

import {
  ExecutorPath,
  ExecutorQuery,
  encodeExecutor,
  encodeExecutorList,
  WireExecutor,
  WireExecutorList,
} from '../../../contract/wire/executor.ts';
import { getExecutor, listExecutors } from '../services/list-executors.ts';
import { answer, sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

/** Who can be given a task here, and what is known of each. */
export function serveExecutors(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = operation({
    id: 'listExecutors',
    summary: 'Every executor that a task may name, and what was found of its program',
    description:
      'Files of profiles are read as they are now. No program is run, but for its version; none that only a file of the repository names.',
    scope: 'instances:read',
    query: ExecutorQuery,
    answers: { 200: json(WireExecutorList, 'The executors') },
    handle: async ({ reply }, { query }) =>
      sendJson(reply, encodeExecutorList(await listExecutors(services, { anew: query.probe === 'true' }))),
  });
  const get = operation({
    id: 'getExecutor',
    summary: 'One executor, by its name',
    scope: 'instances:read',
    path: ExecutorPath,
    query: ExecutorQuery,
    answers: { 200: json(WireExecutor, 'The executor') },
    refusals: ['not_found'],
    async handle(call, { id, query }) {
      const anew = query.probe === 'true';
      // What runs for this carries no attempt's mark: an attempt may not have the daemon run what it has written.
      const mayRunAny = anew && (await context.peers.attemptNow(call.request.raw.socket)) === null;
      return answer(call, await getExecutor(services, { name: id, anew, mayRunAny }), encodeExecutor);
    },
  });
  serve(app, '/api/v1/executors', { GET: list });
  serve(app, '/api/v1/executors/:id', { GET: get });
}
