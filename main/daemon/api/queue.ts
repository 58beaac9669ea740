import type { FastifyInstance } from 'fastify';

import { PageQuery } from '../../../contract/wire/list-queries.ts';
import { encodeQueue, WireQueue } from '../../../contract/wire/queue.ts';
import { readQueue } from '../services/read-queue.ts';
import { answer } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { nextLink } from './next-link.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

const PAGE = 1000;

export function serveQueue(app: FastifyInstance, { services }: ApiContext): void {
  const queue = operation({
    id: 'readQueue',
    summary: 'What runs and what waits, in the order in which it starts',
    description: 'Each waiting step says what it waits for. What follows on the next page is in `Link`.',
    scope: 'steps:read',
    query: PageQuery,
    answers: { 200: json(WireQueue, 'The queue', PAGED) },
    handle: (call, { query: { limit = PAGE, after } }) => {
      const found = readQueue(services, { limit, after });
      const next = found.ok ? found.value.next : null;
      if (next !== null) call.reply.header('link', nextLink(call.request.url, next));
      return answer(call, found, encodeQueue);
    },
  });
  serve(app, '/api/v1/queue', { GET: queue });
}
