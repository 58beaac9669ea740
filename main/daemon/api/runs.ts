import type { FastifyInstance } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { RunActionRequest } from '../../../contract/wire/action-request.ts';
import { RunPath } from '../../../contract/wire/paths.ts';
import { encodeRun, WireRun } from '../../../contract/wire/run.ts';
import { StartRunRequest } from '../../../contract/wire/start-run-request.ts';
import { abortRun } from '../services/abort-run.ts';
import { completeRun } from '../services/complete-run.ts';
import { getRun } from '../services/read-runs.ts';
import { startRun } from '../services/start-run.ts';
import { answer, answerEmpty } from './answer.ts';
import { json, nothing } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { saying } from './inherited-words.ts';
import { listRunPages } from './list-runs.ts';
import { hidden, operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { everyMethod, needId, serve } from './serve.ts';

export function serveRuns(app: FastifyInstance, context: ApiContext): void {
  const get = getOperation(context);
  serve(app, '/api/v1/runs', { GET: listRunPages(context), POST: startOperation(context) });
  serve(app, '/api/v1/runs/', everyMethod(needId));
  serve(app, '/api/v1/runs/:id', { GET: get, PATCH: changeOperation(context) });
  serve(app, '/api/v1/runs/:id/complete', { POST: completeOperation(context) });
  serve(app, '/api/v1/runs/:id/*', {
    GET: hidden('inherited clients get the run for every path below it that means nothing', get.handle),
  });
}

const startOperation = (context: ApiContext) =>
  operation({
    id: 'startRun',
    summary: 'Starts a run',
    scope: 'runs:write',
    body: neededBody(StartRunRequest),
    answers: { 201: json(WireRun, 'The run, with its first phase') },
    refusals: ['duplicate_id'],
    handle: async (call, { body }) => {
      const started = startRun(context.services, { ...body, actor: await actorOf(context, call) });
      if (started.ok) call.reply.code(201);
      return answer(call, started, encodeRun);
    },
  });

const getOperation = ({ services }: ApiContext) =>
  operation({
    id: 'getRun',
    summary: 'One run and its state',
    scope: 'runs:read',
    path: RunPath,
    answers: { 200: json(WireRun, 'The run') },
    refusals: ['run_not_found'],
    handle: (call, { id }) => {
      const run = getRun(services, { runId: id });
      return run.ok ? answer(call, run, encodeBareRun) : refuse(call, { ...run.error, message: 'Not found' });
    },
  });

const changeOperation = (context: ApiContext) =>
  operation({
    id: 'changeRun',
    summary: 'Aborts or completes a run',
    description: '`abort` ends and salvages what runs. Answers when it is done.',
    scope: 'runs:write',
    path: RunPath,
    body: neededBody(RunActionRequest),
    answers: { 200: nothing('It is done') },
    refusals: ['run_not_found', 'run_closed', 'state_conflict'],
    handle: async (call, { id: runId, body: { action, reason } }) => {
      const actor = await actorOf(context, call);
      if (action === 'abort') {
        return answerEmpty(call, saying('run not found', await abortRun(context.services, { runId, actor, reason })));
      }
      if (action === 'complete') return answerEmpty(call, completeRun(context.services, { runId, actor }));
      return refuse(call, refusal('invalid_input', 'Invalid action'));
    },
  });

const completeOperation = (context: ApiContext) =>
  operation({
    id: 'completeRun',
    summary: 'Closes a run in which everything has ended',
    scope: 'runs:write',
    path: RunPath,
    answers: { 200: json(WireRun, 'The run') },
    refusals: ['run_not_found', 'run_closed', 'state_conflict'],
    handle: async (call, { id }) =>
      answer(call, completeRun(context.services, { runId: id, actor: await actorOf(context, call) }), encodeBareRun),
  });

const encodeBareRun = (run: RunRecord) => encodeRun({ run, phases: null });
