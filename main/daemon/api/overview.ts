import type { FastifyInstance } from 'fastify';

import { encodeOverview, WireOverview } from '../../../contract/wire/overview.ts';
import { createLastLines } from '../services/last-lines.ts';
import { readOverview } from '../services/read-overview.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveOverview(app: FastifyInstance, { services }: ApiContext): void {
  const lines = createLastLines(services.store);
  const overview = operation({
    id: 'getOverview',
    summary: 'How everything stands, in one look',
    description:
      'Counts of runs, steps and gates, what is worked on and what was told of it last, and how the record is.',
    scope: 'runs:read',
    answers: { 200: json(WireOverview, 'How it stands') },
    handle: ({ reply }) => sendJson(reply, encodeOverview(readOverview(services, lines))),
  });
  serve(app, '/api/v1/overview', { GET: overview });
}
