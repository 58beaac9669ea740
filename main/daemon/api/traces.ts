import type { FastifyInstance } from 'fastify';

import { TraceQuery } from '../../../contract/wire/list-queries.ts';
import { TracePath } from '../../../contract/wire/paths.ts';
import { encodeTrace, WireTrace } from '../../../contract/wire/trace.ts';
import { readTrace } from '../services/read-trace.ts';
import { answer } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { nextLink } from './next-link.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';
import { untilGone } from './until-gone.ts';

const PAGE = 1000;

export function serveTraces(app: FastifyInstance, { services, closing }: ApiContext): void {
  const get = operation({
    id: 'getTrace',
    summary: 'Everything of a trace, over all runs and steps',
    description:
      'Its attempts, and the events of these attempts in the order of the log. The trace of an attempt is its `trace_id`.',
    scope: 'events:read',
    path: TracePath,
    query: TraceQuery,
    answers: { 200: json(WireTrace, 'The trace; of the events one page', PAGED) },
    refusals: ['not_found'],
    handle: async (call, { id: traceId, query: { after = 0, limit = PAGE } }) => {
      const trace = await readTrace(services, { traceId, after, limit, signal: untilGone(call, closing) });
      const next = trace.ok ? trace.value.next : null;
      if (next !== null) call.reply.header('link', nextLink(call.request.url, String(next)));
      return answer(call, trace, encodeTrace);
    },
  });
  serve(app, '/api/v1/traces/:id', { GET: get });
  serveStrays(app, '/api/v1/traces');
}
