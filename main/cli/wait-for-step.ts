import type { ClientResult } from '../../contract/client/client-result.ts';
import { getStepResult, waitForStep } from '../../contract/client/step-routes.ts';
import { EXIT } from '../../contract/errors.ts';
import { ok } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CommandOutcome } from './define-command.ts';
import { formatJson } from './format-json.ts';
import { stepExit } from './state-exits.ts';
import { stepHints } from './step-hints.ts';
import { type WaitLimits, type WaitSubject, waitUntilFinal } from './wait-loop.ts';

/** Waits until a step has ended or needs somebody, prints its result, and exits as its state says. */
export async function waitForStepToEnd(context: CliContext, stepId: string, limits: WaitLimits): CommandOutcome {
  const final = await waitUntilFinal(context, stepSubject(stepId), limits);
  if (!final.ok) return final;
  const { document, view } = final.value;
  context.terminal.err(`[BRIDGE] Mission Handle ${stepId} reached terminal condition: ${view.state}\n\n`);
  context.terminal.err(stepHints(context.programName, stepId, view));
  context.terminal.out(formatJson(document.json));
  return ok(stepExit(view.state) ?? EXIT.infrastructure);
}

const stepSubject = (stepId: string): WaitSubject<ClientResult> => ({
  name: `step ${stepId}`,
  events: { stepId },
  ask: (connection, options) => waitForStep(connection, stepId, options),
  look: (connection, signal) => getStepResult(connection, stepId, signal),
  isFinal: (result) => stepExit(result.state) !== null,
});
