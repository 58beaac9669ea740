import type { FastifyInstance } from 'fastify';

import { encodeInstanceList, WireInstanceList } from '../../../contract/wire/instance-list.ts';
import { listInstances } from '../services/list-instances.ts';
import { answer } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveInstances(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listInstances',
    summary: 'The daemons of this user, one for each repository',
    description: 'Taken from the index of this user; of each it is looked up whether its process is still there.',
    scope: 'instances:read',
    answers: { 200: json(WireInstanceList, 'The daemons') },
    handle: async (call) => answer(call, await listInstances(services), encodeInstanceList),
  });
  serve(app, '/api/v1/instances', { GET: list });
}
