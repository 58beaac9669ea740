import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { GateRecord } from '../../../contract/records.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { encodeGate, WireGate } from '../../../contract/wire/gate.ts';
import { RunGateListQuery } from '../../../contract/wire/list-queries.ts';
import { RunPath } from '../../../contract/wire/paths.ts';
import { isAnyGiven } from '../../../contract/wire/query-values.ts';
import { listGates } from '../services/list-gates.ts';
import { listRunGates } from '../services/read-runs.ts';
import { sendJson } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveRunGates(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = operation({
    id: 'listRunGates',
    summary: 'The gates of a run, newest first',
    scope: 'gates:read',
    description: 'Up to 1000 of them; with any parameter one page of those that match.',
    path: RunPath,
    query: RunGateListQuery,
    answers: { 200: json(z.array(WireGate).nullable(), 'The gates; null when there are none', PAGED) },
    handle: async (call, { id: runId, query }) => {
      if (!isAnyGiven(query)) return sendJson(call.reply, encodeGates(listRunGates(services, { runId })));
      const request = { runId, state: query.state, ...listRequest(context, call, query) };
      return answerPage(call, await listGates(services, request), encodeGates);
    },
  });
  serve(app, '/api/v1/runs/:id/gates', { GET: list });
}

const encodeGates = (gates: readonly GateRecord[]) => listOrNull(gates.map(encodeGate));
