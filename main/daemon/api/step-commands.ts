import type { FastifyInstance } from 'fastify';

import { StepPath } from '../../../contract/wire/paths.ts';
import { encodeStepRecord, WireStep } from '../../../contract/wire/step.ts';
import { CancelRequest, ResolveRequest, RetryRequest } from '../../../contract/wire/step-requests.ts';
import { cancelStep } from '../services/cancel-step.ts';
import { resolveStep } from '../services/resolve-step.ts';
import { retryStep } from '../services/retry-step.ts';
import { answer, answerEmpty } from './answer.ts';
import { json, nothing } from './answer-spec.ts';
import { neededBody, optionalBody } from './body-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveStepCommands(app: FastifyInstance, context: ApiContext): void {
  serve(app, '/api/v1/steps/:id/retry', { POST: retryOperation(context) });
  serve(app, '/api/v1/steps/:id/cancel', { POST: cancelOperation(context) });
  serve(app, '/api/v1/steps/:id/resolve', { POST: resolveOperation(context) });
}

const retryOperation = (context: ApiContext) =>
  operation({
    id: 'retryStep',
    summary: 'Tries a step once more',
    scope: 'steps:write',
    path: StepPath,
    body: optionalBody(RetryRequest),
    answers: { 202: nothing('It is in the queue') },
    refusals: ['step_not_found', 'step_in_flight', 'run_closed', 'state_conflict'],
    handle: async (call, { id, body: { reason, notBeforeMs, resume } }) => {
      const when = notBeforeMs === null ? {} : { notBeforeMs };
      const how = resume === null ? {} : { resume };
      const actor = await actorOf(context, call);
      const retried = retryStep(context.services, { stepId: id, actor, reason, ...when, ...how });
      if (retried.ok) call.reply.code(202);
      return answerEmpty(call, retried);
    },
  });

const cancelOperation = (context: ApiContext) =>
  operation({
    id: 'cancelStep',
    summary: 'Ends a step; what it made is kept',
    scope: 'steps:write',
    path: StepPath,
    body: optionalBody(CancelRequest),
    answers: { 200: json(WireStep, 'The step once it has ended') },
    refusals: ['step_not_found', 'state_conflict'],
    handle: async (call, { id, body: { reason } }) => {
      const actor = await actorOf(context, call);
      return answer(call, await cancelStep(context.services, { stepId: id, actor, reason }), encodeStepRecord);
    },
  });

const resolveOperation = (context: ApiContext) =>
  operation({
    id: 'resolveStep',
    summary: 'Says what became of a step that needs a person',
    scope: 'gates:write',
    by: 'operators',
    path: StepPath,
    body: neededBody(ResolveRequest),
    answers: { 200: json(WireStep, 'The step') },
    refusals: ['step_not_found', 'state_conflict'],
    handle: async (call, { id, body }) => {
      const resolved = resolveStep(context.services, { stepId: id, actor: await actorOf(context, call), ...body });
      return answer(call, resolved, encodeStepRecord);
    },
  });
