import type { FastifyInstance } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { RunId, StepId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { viewStep } from '../../../contract/wire/step.ts';
import { viewResult } from '../../../contract/wire/view-result.ts';
import {
  decodeWaitRequest,
  encodeRunWait,
  encodeStepWait,
  type StepWaitView,
  type WaitRequest,
} from '../../../contract/wire/wait.ts';
import { getStepResult } from '../services/read-steps.ts';
import { type StepWait, waitForRun, waitForStep } from '../services/wait.ts';
import { answer } from './answer.ts';
import type { ApiContext } from './call.ts';
import { readOptionalBody } from './json-body.ts';
import { refuse } from './refuse.ts';
import { serve, withId } from './serve.ts';
import { untilGone } from './until-gone.ts';

export function serveWaits(app: FastifyInstance, { services, closing }: ApiContext): void {
  const waitStep = withId(StepId, async (stepId, call) => {
    const body = readOptionalBody(call.request, decodeWaitRequest);
    if (!body.ok) return refuse(call, body.error);
    const { timeoutMs } = body.value;
    const end = await waitForStep(services, { stepId, timeoutMs, signal: untilGone(call, closing) });
    if (!end.ok) return refuse(call, end.error);
    const view = viewWait(end.value, { services, request: body.value });
    return answer(call, unlessClosing(view, closing), encodeStepWait);
  });
  const waitRun = withId(RunId, async (runId, call) => {
    const body = readOptionalBody(call.request, decodeWaitRequest);
    if (!body.ok) return refuse(call, body.error);
    const { timeoutMs } = body.value;
    const end = await waitForRun(services, { runId, timeoutMs, signal: untilGone(call, closing) });
    if (!end.ok) return refuse(call, end.error);
    const { run, terminal, timedOut, gates } = end.value;
    const view = { run: { run, phases: null }, isTerminal: terminal, hasTimedOut: timedOut, gates };
    return answer(call, unlessClosing(view, closing), encodeRunWait);
  });
  serve(app, '/api/v1/steps/:id/wait', { POST: waitStep });
  serve(app, '/api/v1/runs/:id/wait', { POST: waitRun });
}

function viewWait(
  end: StepWait,
  { services, request }: Pick<ApiContext, 'services'> & { readonly request: WaitRequest },
): StepWaitView {
  const { step, terminal, timedOut, gates } = end;
  const wantsResult = request.includeResult && terminal;
  const facts = wantsResult ? getStepResult(services, { stepId: step.id }) : null;
  const result = facts?.ok === true ? viewResult(facts.value) : null;
  return { step: viewStep(step), result, isTerminal: terminal, hasTimedOut: timedOut, gates };
}

/** A wait that ends because the daemon ends has not timed out: the asker should come back. */
const unlessClosing = <T extends { readonly hasTimedOut: boolean }>(
  view: T,
  closing: AbortSignal,
): Result<T, Refusal> =>
  view.hasTimedOut && closing.aborted
    ? err(refusal('shutting_down', 'the daemon is stopping: ask again when it is back'))
    : ok(view);
