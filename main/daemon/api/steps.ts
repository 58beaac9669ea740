import type { FastifyInstance } from 'fastify';

import type { Refusal } from '../../../contract/errors.ts';
import { StepId } from '../../../contract/ids.ts';
import type { Result } from '../../../contract/result.ts';
import { encodeArtifact } from '../../../contract/wire/artifact.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { encodeResult } from '../../../contract/wire/result.ts';
import { encodeStepRecord } from '../../../contract/wire/step.ts';
import { encodeValidationsByAttempt } from '../../../contract/wire/validations-by-attempt.ts';
import { type StepFacts, viewResult } from '../../../contract/wire/view-result.ts';
import { getStep, getStepResult, listStepArtifacts, listStepValidations } from '../services/read-steps.ts';
import { answer, sendJson } from './answer.ts';
import type { ApiContext } from './call.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveSteps(app: FastifyInstance, { services }: ApiContext): void {
  serve(app, '/api/v1/steps/', everyMethod(needId));
  serve(app, '/api/v1/steps/:id', {
    GET: withId(StepId, (stepId, call) =>
      answer(call, saying('Not found', getStep(services, { stepId })), encodeStepRecord),
    ),
  });
  serve(app, '/api/v1/steps/:id/result', {
    GET: withId(StepId, (stepId, call) =>
      answer(call, saying(`step ${stepId} not found`, getStepResult(services, { stepId })), encodeFacts),
    ),
  });
  serve(app, '/api/v1/steps/:id/artifacts', {
    GET: withId(StepId, (stepId, { reply }) =>
      sendJson(reply, listOrNull(listStepArtifacts(services, { stepId }).map(encodeArtifact))),
    ),
  });
  serve(app, '/api/v1/steps/:id/validations', {
    GET: withId(StepId, (stepId, { reply }) =>
      sendJson(reply, encodeValidationsByAttempt(listStepValidations(services, { stepId }))),
    ),
  });
  serve(app, '/api/v1/steps/*', {});
}

const encodeFacts = (facts: StepFacts) => encodeResult(viewResult(facts));

/** The words that inherited clients show when a step is missing. */
export const saying = <T>(message: string, outcome: Result<T, Refusal>): Result<T, Refusal> =>
  outcome.ok || outcome.error.code !== 'step_not_found' ? outcome : { ok: false, error: { ...outcome.error, message } };
