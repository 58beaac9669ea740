import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { GateAction } from '../../../contract/gate-state.ts';
import { GateActionRequest } from '../../../contract/wire/action-request.ts';
import { encodeGate, WireGate } from '../../../contract/wire/gate.ts';
import { GateListQuery } from '../../../contract/wire/list-queries.ts';
import { GatePath } from '../../../contract/wire/paths.ts';
import { decideGate } from '../services/decide-gate.ts';
import { listGates } from '../services/list-gates.ts';
import { getGate } from '../services/read-gates.ts';
import { answer, sendJson } from './answer.ts';
import { json, nothing, PAGED } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { saying } from './inherited-words.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { answerRepeatable, REPEATABLE } from './repeatable.ts';
import { serve, serveStrays } from './serve.ts';

export function serveGates(app: FastifyInstance, context: ApiContext): void {
  serve(app, '/api/v1/gates', { GET: listOperation(context) });
  serve(app, '/api/v1/gates/:id', { GET: getOperation(context), POST: decideOperation(context) });
  serveStrays(app, '/api/v1/gates');
}

const listOperation = (context: ApiContext) =>
  operation({
    id: 'listGates',
    summary: 'Gates, newest first',
    scope: 'gates:read',
    query: GateListQuery,
    answers: { 200: json(z.array(WireGate), 'One page of gates', PAGED) },
    handle: async (call, { query }) => {
      const { run: runId, step: stepId, state } = query;
      if (runId === null || stepId === null) return sendJson(call.reply, []);
      const request = { runId, stepId, state, ...listRequest(context, call, query) };
      return answerPage(call, await listGates(context.services, request), (gates) => gates.map(encodeGate));
    },
  });

const getOperation = ({ services }: ApiContext) =>
  operation({
    id: 'getGate',
    summary: 'One gate: what is asked, and what was decided',
    scope: 'gates:read',
    path: GatePath,
    answers: { 200: json(WireGate, 'The gate') },
    refusals: ['gate_not_found', 'gate_ambiguous'],
    handle: (call, { id }) => answer(call, getGate(services, { gateId: id }), encodeGate),
  });

const decideOperation = (context: ApiContext) =>
  operation({
    id: 'decideGate',
    summary: 'Approves or rejects what a gate asks',
    scope: 'gates:write',
    by: 'operators',
    path: GatePath,
    body: neededBody(GateActionRequest),
    headers: REPEATABLE,
    answers: { 200: nothing('It is decided') },
    refusals: ['gate_not_found', 'gate_ambiguous', 'gate_closed', 'gate_changed', 'key_reused', 'state_conflict'],
    handle: async (call, { id: gateId, body: { action, reason, digest, scope } }) => {
      const known = GateAction.safeParse(action);
      if (!known.success) return refuse(call, refusal('invalid_input', 'Unknown action'));
      const subject = digest === '' ? {} : { digest };
      const reach = scope === undefined ? {} : { scope };
      const actor = await actorOf(context, call);
      const decision = { gateId, action: known.data, actor, reason, ...subject, ...reach };
      return answerRepeatable(context, call, {
        work: async (alsoStore) => saying('gate not found', decideGate(context.services, { ...decision, alsoStore })),
        answerOf: () => ({ status: 200, body: '' }),
      });
    },
  });
