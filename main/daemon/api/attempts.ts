import type { FastifyInstance } from 'fastify';

import { AttemptId, StepId } from '../../../contract/ids.ts';
import { encodeAttempt } from '../../../contract/wire/attempt.ts';
import { getAttempt, listStepAttempts } from '../services/read-steps.ts';
import { answer } from './answer.ts';
import type { ApiContext } from './call.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveAttempts(app: FastifyInstance, { services }: ApiContext): void {
  serve(app, '/api/v1/steps/:id/attempts', {
    GET: withId(StepId, (stepId, call) =>
      answer(call, listStepAttempts(services, { stepId }), (attempts) => attempts.map(encodeAttempt)),
    ),
  });
  serve(app, '/api/v1/attempts/', everyMethod(needId));
  serve(app, '/api/v1/attempts/:id', {
    GET: withId(AttemptId, (attemptId, call) => answer(call, getAttempt(services, { attemptId }), encodeAttempt)),
  });
  serve(app, '/api/v1/attempts/*', {});
}
