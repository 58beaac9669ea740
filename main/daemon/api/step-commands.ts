import type { FastifyInstance } from 'fastify';

import { StepId } from '../../../contract/ids.ts';
import { encodeStepRecord } from '../../../contract/wire/step.ts';
import { decodeCancelRequest, decodeResolveRequest, decodeRetryRequest } from '../../../contract/wire/step-requests.ts';
import { cancelStep } from '../services/cancel-step.ts';
import { resolveStep } from '../services/resolve-step.ts';
import { retryStep } from '../services/retry-step.ts';
import { answer, answerEmpty } from './answer.ts';
import { type ApiContext, actorOf } from './call.ts';
import { refuseExecutors } from './guard.ts';
import { readBody, readOptionalBody } from './json-body.ts';
import { refuse } from './refuse.ts';
import { serve, withId } from './serve.ts';

export function serveStepCommands(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const retry = withId(StepId, async (stepId, call) => {
    const body = readOptionalBody(call.request, decodeRetryRequest);
    if (!body.ok) return refuse(call, body.error);
    const { reason, notBeforeMs } = body.value;
    const when = notBeforeMs === null ? {} : { notBeforeMs };
    const retried = retryStep(services, { stepId, actor: await actorOf(context, call), reason, ...when });
    if (retried.ok) call.reply.code(202);
    return answerEmpty(call, retried);
  });
  const cancel = withId(StepId, async (stepId, call) => {
    const body = readOptionalBody(call.request, decodeCancelRequest);
    if (!body.ok) return refuse(call, body.error);
    const { reason } = body.value;
    const actor = await actorOf(context, call);
    return answer(call, await cancelStep(services, { stepId, actor, reason }), encodeStepRecord);
  });
  const resolve = withId(StepId, async (stepId, call) => {
    const body = readBody(call.request, decodeResolveRequest);
    if (!body.ok) return refuse(call, body.error);
    const resolved = resolveStep(services, { stepId, actor: await actorOf(context, call), ...body.value });
    return answer(call, resolved, encodeStepRecord);
  });
  serve(app, '/api/v1/steps/:id/retry', { POST: retry });
  serve(app, '/api/v1/steps/:id/cancel', { POST: cancel });
  serve(app, '/api/v1/steps/:id/resolve', { POST: resolve, options: { preHandler: refuseExecutors(context) } });
}
