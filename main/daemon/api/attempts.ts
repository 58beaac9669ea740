import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { encodeAttempt, WireAttempt } from '../../../contract/wire/attempt.ts';
import { AttemptPath, StepPath } from '../../../contract/wire/paths.ts';
import { getAttempt, listStepAttempts } from '../services/read-steps.ts';
import { answer } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';

export function serveAttempts(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listStepAttempts',
    summary: 'Every attempt of a step, oldest first',
    scope: 'steps:read',
    path: StepPath,
    answers: { 200: json(z.array(WireAttempt), 'The attempts') },
    refusals: ['step_not_found'],
    handle: (call, { id }) =>
      answer(call, listStepAttempts(services, { stepId: id }), (attempts) => attempts.map(encodeAttempt)),
  });
  const get = operation({
    id: 'getAttempt',
    summary: 'One attempt',
    scope: 'steps:read',
    path: AttemptPath,
    answers: { 200: json(WireAttempt, 'The attempt') },
    refusals: ['attempt_not_found'],
    handle: (call, { id }) => answer(call, getAttempt(services, { attemptId: id }), encodeAttempt),
  });
  serve(app, '/api/v1/steps/:id/attempts', { GET: list });
  serve(app, '/api/v1/attempts/:id', { GET: get });
  serveStrays(app, '/api/v1/attempts');
}
