import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { StepRecord } from '../../../contract/records.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';
import { encodeJson, listOrNull } from '../../../contract/wire/encode-json.ts';
import { StepListQuery } from '../../../contract/wire/list-queries.ts';
import { RunPath } from '../../../contract/wire/paths.ts';
import { isAnyGiven } from '../../../contract/wire/query-values.ts';
import { encodeStepRecord, WireStep } from '../../../contract/wire/step.ts';
import { decodeTaskSpec, WireTaskSpec } from '../../../contract/wire/task-spec.ts';
import { listSteps } from '../services/list-steps.ts';
import { listRunSteps } from '../services/read-runs.ts';
import { submitStep } from '../services/submit-step.ts';
import { sendJson } from './answer.ts';
import { json, PAGED } from './answer-spec.ts';
import { type BodySpec, TASK_BODY_BYTES } from './body-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { bodyText } from './json-body.ts';
import { answerPage, listRequest } from './list-page.ts';
import { operation } from './operation.ts';
import { answerRepeatable, REPEATABLE } from './repeatable.ts';
import { serve } from './serve.ts';

export function serveRunSteps(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = operation({
    id: 'listRunSteps',
    summary: 'The steps of a run, oldest first',
    scope: 'steps:read',
    description: 'All of them; with any parameter one page of those that match.',
    path: RunPath,
    query: StepListQuery,
    answers: { 200: json(z.array(WireStep).nullable(), 'The steps; null when there are none', PAGED) },
    handle: async (call, { id: runId, query }) => {
      if (!isAnyGiven(query)) return sendJson(call.reply, encodeSteps(listRunSteps(services, { runId })));
      const { state, executor } = query;
      const request = { runId, state, executor, ...listRequest(context, call, query) };
      return answerPage(call, await listSteps(services, request), encodeSteps);
    },
  });
  const submit = operation({
    id: 'submitStep',
    summary: 'Submits a task to a run',
    description: 'When the answer is there, the step is recorded. A `step_id` that has ended is submitted anew.',
    scope: 'steps:write',
    path: RunPath,
    body: TASK_BODY,
    headers: REPEATABLE,
    answers: { 202: json(WireStep, 'The step, in the queue') },
    refusals: SUBMIT_REFUSALS,
    handle: async (call, { id, body: spec }) => {
      const originalInput = originalOf(spec, () => bodyText(call.request));
      const submission = { runId: id, spec, originalInput, actor: await actorOf(context, call) };
      return answerRepeatable(context, call, {
        work: (alsoStore) => submitStep(services, { ...submission, alsoStore }),
        answerOf: (step: StepRecord) => ({ status: 202, body: encodeJson(encodeStepRecord(step)) }),
      });
    },
  });
  serve(app, '/api/v1/runs/:id/steps', { GET: list, POST: submit });
}

const encodeSteps = (steps: readonly StepRecord[]) => listOrNull(steps.map(encodeStepRecord));

const TASK_BODY: BodySpec<TaskSpec> = {
  schema: WireTaskSpec,
  isOptional: false,
  maxBytes: TASK_BODY_BYTES,
  media: 'application/json',
  decode: decodeTaskSpec,
};

const SUBMIT_REFUSALS = [
  'run_not_found',
  'run_mismatch',
  'run_closed',
  'step_in_flight',
  'unknown_executor',
  'executor_unavailable',
  'recipe_missing',
  'unknown_policy',
  'invalid_policy',
  'base_not_found',
  'repository_unusable',
  'duplicate_id',
  'key_reused',
  'state_conflict',
] as const;

/** What the planner wrote, word for word: the text that its client passed on, otherwise the body itself. */
function originalOf({ provenance }: TaskSpec, body: () => string) {
  if (provenance?.originalInput === undefined) return { format: 'json', text: body() };
  return { format: provenance.originalFormat ?? 'txt', text: provenance.originalInput };
}
