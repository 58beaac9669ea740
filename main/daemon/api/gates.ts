import type { FastifyInstance } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { GateAction } from '../../../contract/gate-state.ts';
import { decodeActionRequest } from '../../../contract/wire/action-request.ts';
import { encodeGate } from '../../../contract/wire/gate.ts';
import { GateName } from '../../../contract/wire/gate-name.ts';
import { decodeGateListQuery, type GateListQuery } from '../../../contract/wire/queries.ts';
import { decideGate } from '../services/decide-gate.ts';
import { type GateFilter, getGate, listGates } from '../services/read-gates.ts';
import { answer, answerEmpty, sendJson } from './answer.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { refuseExecutors } from './guard.ts';
import { readBody } from './json-body.ts';
import { readQuery } from './query.ts';
import { refuse } from './refuse.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveGates(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = (call: Call) => {
    const query = readQuery(call.request, decodeGateListQuery);
    if (!query.ok) return refuse(call, query.error);
    const filter = filterOf(query.value);
    return sendJson(call.reply, filter === null ? [] : listGates(services, filter).map(encodeGate));
  };
  const get = withId(GateName, (gateId, call) => answer(call, getGate(services, { gateId }), encodeGate));
  const decide = withId(GateName, async (gateId, call) => {
    const body = readBody(call.request, decodeActionRequest);
    if (!body.ok) return refuse(call, body.error);
    const action = GateAction.safeParse(body.value.action);
    if (!action.success) return refuse(call, refusal('invalid_input', 'Unknown action'));
    const { reason, digest } = body.value;
    const subject = digest === '' ? {} : { digest };
    const actor = await actorOf(context, call);
    return answerEmpty(call, decideGate(services, { gateId, action: action.data, actor, reason, ...subject }));
  });
  serve(app, '/api/v1/gates', { GET: list });
  serve(app, '/api/v1/gates/', everyMethod(needId));
  serve(app, '/api/v1/gates/:id', { GET: get, POST: decide, options: { preHandler: refuseExecutors(context) } });
  serve(app, '/api/v1/gates/*', {});
}

/** Null: no gate can match. */
function filterOf({ run, step, state, limit }: GateListQuery): GateFilter | null {
  if (run === null || step === null) return null;
  return {
    ...(run === undefined ? {} : { runId: run }),
    ...(step === undefined ? {} : { stepId: step }),
    ...(state === undefined ? {} : { state }),
    ...(limit === undefined ? {} : { limit }),
  };
}
