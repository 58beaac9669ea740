import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { AttemptRecord } from '../../../contract/records.ts';
import { encodeAttempt, WireAttempt } from '../../../contract/wire/attempt.ts';
import { AttemptListQuery, PageQuery } from '../../../contract/wire/list-queries.ts';
import { AttemptPath, RunPath, StepPath } from '../../../contract/wire/paths.ts';
import { isAnyGiven } from '../../../contract/wire/query-values.ts';
import { listAttempts } from '../services/list-attempts.ts';
import { listRunAttempts } from '../services/list-run-attempts.ts';
import { getAttempt, listStepAttempts } from '../services/read-steps.ts';
import { answer } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';

const encodeAttempts = (attempts: readonly AttemptRecord[]) => attempts.map(encodeAttempt);

export function serveAttempts(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = operation({
    id: 'listStepAttempts',
    summary: 'Every attempt of a step, oldest first',
    scope: 'steps:read',
    description: 'All of them; with any parameter one page of those that match.',
    path: StepPath,
    query: AttemptListQuery,
    answers: { 200: json(z.array(WireAttempt), 'The attempts', PAGED) },
    refusals: ['step_not_found'],
    handle: (call, { id: stepId, query }) => {
      if (!isAnyGiven(query)) return answer(call, listStepAttempts(services, { stepId }), encodeAttempts);
      const { state, executor } = query;
      const request = { stepId, state, executor, ...listRequest(context, call, query) };
      return answerPage(call, listAttempts(services, request), encodeAttempts);
    },
  });
  const listOfRun = operation({
    id: 'listRunAttempts',
    summary: 'The attempts of every step of a run, newest first',
    scope: 'steps:read',
    path: RunPath,
    query: PageQuery,
    answers: { 200: json(z.array(WireAttempt), 'One page of them', PAGED) },
    refusals: ['run_not_found'],
    handle: (call, { id: runId, query }) => {
      const { after, limit } = listRequest(context, call, query);
      return answerPage(call, listRunAttempts(services, { runId, after, limit }), encodeAttempts);
    },
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
  serve(app, '/api/v1/runs/:id/attempts', { GET: listOfRun });
  serve(app, '/api/v1/attempts/:id', { GET: get });
  serveStrays(app, '/api/v1/attempts');
}
