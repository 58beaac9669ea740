import type { FastifyInstance } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { RunId } from '../../../contract/ids.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { decodeActionRequest } from '../../../contract/wire/action-request.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { encodeGate } from '../../../contract/wire/gate.ts';
import { encodeRun } from '../../../contract/wire/run.ts';
import { decodeStartRunRequest } from '../../../contract/wire/start-run-request.ts';
import { abortRun } from '../services/abort-run.ts';
import { completeRun } from '../services/complete-run.ts';
import { getRun, listRunGates } from '../services/read-runs.ts';
import { startRun } from '../services/start-run.ts';
import { answer, answerEmpty, sendJson } from './answer.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { readBody } from './json-body.ts';
import { answerRunPages } from './list-runs.ts';
import { refuse } from './refuse.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveRuns(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const start = async (call: Call) => {
    const body = readBody(call.request, decodeStartRunRequest);
    if (!body.ok) return refuse(call, body.error);
    const started = startRun(services, { ...body.value, actor: await actorOf(context, call) });
    if (started.ok) call.reply.code(201);
    return answer(call, started, encodeRun);
  };
  const get = withId(RunId, (runId, call) => {
    const run = getRun(services, { runId });
    return run.ok ? answer(call, run, encodeBareRun) : refuse(call, { ...run.error, message: 'Not found' });
  });
  const change = withId(RunId, async (runId, call) => {
    const body = readBody(call.request, decodeActionRequest);
    if (!body.ok) return refuse(call, body.error);
    const actor = await actorOf(context, call);
    const { action, reason } = body.value;
    if (action === 'abort') return answerEmpty(call, await abortRun(services, { runId, actor, reason }));
    if (action === 'complete') return answerEmpty(call, completeRun(services, { runId, actor }));
    return refuse(call, refusal('invalid_input', 'Invalid action'));
  });
  const complete = withId(RunId, async (runId, call) =>
    answer(call, completeRun(services, { runId, actor: await actorOf(context, call) }), encodeBareRun),
  );

  serve(app, '/api/v1/runs', { GET: answerRunPages(services), POST: start });
  serve(app, '/api/v1/runs/', everyMethod(needId));
  serve(app, '/api/v1/runs/:id', { GET: get, PATCH: change });
  serve(app, '/api/v1/runs/:id/complete', { POST: complete });
  serve(app, '/api/v1/runs/:id/gates', {
    GET: withId(RunId, (runId, { reply }) =>
      sendJson(reply, listOrNull(listRunGates(services, { runId }).map(encodeGate))),
    ),
  });
  // Inherited clients get the run for every path below it that means nothing.
  serve(app, '/api/v1/runs/:id/*', { GET: get });
}

const encodeBareRun = (run: RunRecord) => encodeRun({ run, phases: null });
