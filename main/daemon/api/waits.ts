import type { FastifyInstance } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { RunPath, StepPath } from '../../../contract/wire/paths.ts';
import { viewStep } from '../../../contract/wire/step.ts';
import { viewResult } from '../../../contract/wire/view-result.ts';
import {
  encodeRunWait,
  encodeStepWait,
  type StepWaitView,
  WaitRequest,
  WireRunWait,
  WireStepWait,
} from '../../../contract/wire/wait.ts';
import { getStepResult } from '../services/read-steps.ts';
import { type StepWait, waitForRun, waitForStep } from '../services/wait.ts';
import { answer } from './answer.ts';
import { json } from './answer-spec.ts';
import { optionalBody } from './body-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

export function serveWaits(app: FastifyInstance, { services, closing }: ApiContext): void {
  const waitStep = operation({
    id: 'waitForStep',
    summary: 'Waits until a step has ended, or a gate needs a decision',
    description: WAIT,
    scope: 'steps:read',
    path: StepPath,
    body: optionalBody(WaitRequest),
    answers: { 200: json(WireStepWait, 'How the wait ended') },
    refusals: ['step_not_found'],
    handle: async (call, { id, body }) => {
      const { timeoutMs } = body;
      const end = await waitForStep(services, { stepId: id, timeoutMs, signal: untilGone(call, closing) });
      if (!end.ok) return refuse(call, end.error);
      const view = viewWait(end.value, { services, request: body });
      return answer(call, unlessClosing(view, closing), encodeStepWait);
    },
  });
  const waitRun = operation({
    id: 'waitForRun',
    summary: 'Waits until a run has ended, or a gate needs a decision',
    description: WAIT,
    scope: 'runs:read',
    path: RunPath,
    body: optionalBody(WaitRequest),
    answers: { 200: json(WireRunWait, 'How the wait ended') },
    refusals: ['run_not_found'],
    handle: async (call, { id, body: { timeoutMs } }) => {
      const end = await waitForRun(services, { runId: id, timeoutMs, signal: untilGone(call, closing) });
      if (!end.ok) return refuse(call, end.error);
      const { run, terminal, timedOut, gates } = end.value;
      const view = { run: { run, phases: null }, isTerminal: terminal, hasTimedOut: timedOut, gates };
      return answer(call, unlessClosing(view, closing), encodeRunWait);
    },
  });
  serve(app, '/api/v1/steps/:id/wait', { POST: waitStep });
  serve(app, '/api/v1/runs/:id/wait', { POST: waitRun });
}

const WAIT =
  'Answers as soon as the state is committed. `interval_ms` is accepted for older callers and means nothing.';

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
