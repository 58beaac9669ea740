import type { FastifyInstance } from 'fastify';
import { refusal } from '../../../contract/errors.ts';
import { RunId } from '../../../contract/ids.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { encodeStepRecord } from '../../../contract/wire/step.ts';
import { decodeTaskSpec } from '../../../contract/wire/task-spec.ts';
import { listRunSteps } from '../services/read-runs.ts';
import { submitStep } from '../services/submit-step.ts';
import { answer, sendJson } from './answer.ts';
import { type ApiContext, actorOf } from './call.ts';
import { parseBody, TASK_BODY_BYTES } from './json-body.ts';
import { refuse } from './refuse.ts';
import { serve, withId } from './serve.ts';

export function serveRunSteps(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = withId(RunId, (runId, { reply }) =>
    sendJson(reply, listOrNull(listRunSteps(services, { runId }).map(encodeStepRecord))),
  );
  const submit = withId(RunId, async (runId, call) => {
    const body = parseBody(call.request);
    if (!body.ok) return refuse(call, body.error);
    const spec = decodeTaskSpec(body.value.value);
    if (!spec.ok) return refuse(call, refusal('invalid_input', spec.error));
    const originalInput = originalOf(spec.value, body.value.text);
    const actor = await actorOf(context, call);
    const step = await submitStep(services, { runId, spec: spec.value, originalInput, actor });
    if (step.ok) call.reply.code(202);
    return answer(call, step, encodeStepRecord);
  });
  serve(app, '/api/v1/runs/:id/steps', { GET: list, POST: submit, options: { bodyLimit: TASK_BODY_BYTES } });
}

/** What the planner wrote, word for word: the text that its client passed on, otherwise the body itself. */
function originalOf({ provenance }: TaskSpec, body: string) {
  if (provenance?.originalInput === undefined) return { format: 'json', text: body };
  return { format: provenance.originalFormat ?? 'txt', text: provenance.originalInput };
}
