import type { ClientResult } from '../../contract/client/client-result.ts';
import { getStepResult, waitForStep } from '../../contract/client/step-routes.ts';
import { EXIT } from '../../contract/errors.ts';
import { ok } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CommandOutcome } from './define-command.ts';
import { describeEnd } from './describe-end.ts';
import { formatJson } from './format-json.ts';
import { printsForPeople } from './prints-for-people.ts';
import { stepExit } from './state-exits.ts';
import { stepHints } from './step-hints.ts';
import { type WaitLimits, type WaitSubject, waitUntilFinal } from './wait-loop.ts';

interface StepWaitOptions extends WaitLimits {
  readonly isJson: boolean;
}

/** Waits until a step has ended or needs somebody, prints its result, and exits as its state says. */
export async function waitForStepToEnd(context: CliContext, stepId: string, options: StepWaitOptions): CommandOutcome {
  const final = await waitUntilFinal(context, stepSubject(stepId), options);
  if (!final.ok) return final;
  const { document, view } = final.value;
  const exitCode = stepExit(view.state) ?? EXIT.infrastructure;
  const { terminal, programName } = context;
  if (printsForPeople(terminal, options)) {
    terminal.out(describeEnd(programName, { stepId, result: view, screen: terminal.outScreen }));
    return ok(exitCode);
  }
  terminal.err(`[BRIDGE] Mission Handle ${stepId} reached terminal condition: ${view.state}\n\n`);
  terminal.err(stepHints(programName, stepId, view));
  terminal.out(formatJson(document.json));
  return ok(exitCode);
}

const stepSubject = (stepId: string): WaitSubject<ClientResult> => ({
  name: `step ${stepId}`,
  events: { stepId },
  ask: (connection, options) => waitForStep(connection, stepId, options),
  look: (connection, signal) => getStepResult(connection, stepId, signal),
  isFinal: (result) => stepExit(result.state) !== null,
});
