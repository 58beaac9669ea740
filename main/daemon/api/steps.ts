import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { ArtifactRecord } from '../../../contract/records.ts';
import { encodeArtifact, WireArtifact } from '../../../contract/wire/artifact.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { ArtifactListQuery, StepSearchQuery } from '../../../contract/wire/list-queries.ts';
import { StepPath } from '../../../contract/wire/paths.ts';
import { isAnyGiven } from '../../../contract/wire/query-values.ts';
import { encodeResult, WireResult } from '../../../contract/wire/result.ts';
import { encodeStepRecord, WireStep } from '../../../contract/wire/step.ts';
import { encodeValidationsByAttempt, WireValidationsByAttempt } from '../../../contract/wire/validations-by-attempt.ts';
import { type StepFacts, viewResult } from '../../../contract/wire/view-result.ts';
import { listArtifacts } from '../services/list-artifacts.ts';
import { getStep, getStepResult, listStepArtifacts, listStepValidations } from '../services/read-steps.ts';
import { searchSteps } from '../services/search-steps.ts';
import { answer, sendJson } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { saying } from './inherited-words.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { serve, serveStrays } from './serve.ts';

export function serveSteps(app: FastifyInstance, context: ApiContext): void {
  serve(app, '/api/v1/steps', { GET: searchOperation(context) });
  serve(app, '/api/v1/steps/:id', { GET: getOperation(context) });
  serve(app, '/api/v1/steps/:id/result', { GET: resultOperation(context) });
  serve(app, '/api/v1/steps/:id/artifacts', { GET: artifactsOperation(context) });
  serve(app, '/api/v1/steps/:id/validations', { GET: validationsOperation(context) });
  serveStrays(app, '/api/v1/steps');
}

const searchOperation = (context: ApiContext) =>
  operation({
    id: 'listSteps',
    summary: 'The steps of every run, newest first',
    description: 'One page of those that match.',
    scope: 'steps:read',
    query: StepSearchQuery,
    several: ['state'],
    answers: { 200: json(z.array(WireStep), 'One page of steps', PAGED) },
    handle: async (call, { query }) => {
      const { run: runId, state: states, executor } = query;
      const request = { runId, states, executor, ...listRequest(context, call, query) };
      return answerPage(call, await searchSteps(context.services, request), (steps) => steps.map(encodeStepRecord));
    },
  });

const getOperation = ({ services }: ApiContext) =>
  operation({
    id: 'getStep',
    summary: 'One step and its state',
    scope: 'steps:read',
    path: StepPath,
    answers: { 200: json(WireStep, 'The step') },
    refusals: ['step_not_found'],
    handle: (call, { id }) => answer(call, saying('Not found', getStep(services, { stepId: id })), encodeStepRecord),
  });

const resultOperation = ({ services }: ApiContext) =>
  operation({
    id: 'getStepResult',
    summary: 'What became of a step, and where everything is that it left behind',
    scope: 'steps:read',
    path: StepPath,
    answers: { 200: json(WireResult, 'The result, also while nothing has ended') },
    refusals: ['step_not_found'],
    handle: (call, { id }) =>
      answer(call, saying(`step ${id} not found`, getStepResult(services, { stepId: id })), encodeFacts),
  });

const artifactsOperation = (context: ApiContext) =>
  operation({
    id: 'listStepArtifacts',
    summary: 'Every file of evidence of a step, newest first',
    scope: 'artifacts:read',
    description: 'All of them; with any parameter one page of those that match.',
    path: StepPath,
    query: ArtifactListQuery,
    answers: { 200: json(z.array(WireArtifact).nullable(), 'The artifacts; null when there are none', PAGED) },
    handle: (call, { id: stepId, query }) => {
      if (!isAnyGiven(query))
        return sendJson(call.reply, encodeArtifacts(listStepArtifacts(context.services, { stepId })));
      const { attempt: attemptId, type } = query;
      const request = { stepId, attemptId, type, ...listRequest(context, call, query) };
      return answerPage(call, listArtifacts(context.services, request), encodeArtifacts);
    },
  });

const validationsOperation = ({ services }: ApiContext) =>
  operation({
    id: 'listStepValidations',
    summary: 'The validations of a step by attempt',
    scope: 'steps:read',
    path: StepPath,
    answers: { 200: json(WireValidationsByAttempt, 'Attempt id → its validations') },
    handle: ({ reply }, { id }) =>
      sendJson(reply, encodeValidationsByAttempt(listStepValidations(services, { stepId: id }))),
  });

const encodeArtifacts = (artifacts: readonly ArtifactRecord[]) => listOrNull(artifacts.map(encodeArtifact));

const encodeFacts = (facts: StepFacts) => encodeResult(viewResult(facts));
