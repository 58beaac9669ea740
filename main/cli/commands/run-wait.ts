import type { ClientRun } from '../../../contract/client/client-run.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { getRun, listRunSteps, waitForRun } from '../../../contract/client/run-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { defineCommand } from '../define-command.ts';
import { describeRunEnd } from '../describe-run-end.ts';
import { formatJson } from '../format-json.ts';
import { printsForPeople } from '../prints-for-people.ts';
import { runExit, stepExit } from '../state-exits.ts';
import { oneLine } from '../terminal.ts';
import { waitLimits } from '../wait-limits.ts';
import { type WaitSubject, waitUntilFinal } from '../wait-loop.ts';

export const command = defineCommand({
  usage: 'run wait <runID> [--interval d] [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { interval: 'text', timeout: 'text' },
  run: async (context, { words: [runId = ''], flags }) => {
    const limits = waitLimits(context, flags);
    if (!limits.ok) return limits;
    const final = await waitUntilFinal(context, runSubject(context, runId), limits.value);
    if (!final.ok) return final;
    const { document, view } = final.value;
    const exitCode = runExit(view.state) ?? EXIT.infrastructure;
    const { terminal, programName } = context;
    if (printsForPeople(terminal, { isJson: flags.json })) {
      terminal.out(describeRunEnd(programName, view, terminal.outScreen));
      return ok(exitCode);
    }
    terminal.err(`Terminal/Intervention condition reached for Run ${runId}: ${view.state}\n`);
    terminal.out(formatJson(document.json));
    return ok(exitCode);
  },
});

function runSubject({ programName, terminal }: CliContext, runId: string): WaitSubject<ClientRun> {
  const told = new Set<string>();
  const whatIsLeft = async (connection: Connection): Promise<string> => {
    const page = await listRunSteps(connection, runId);
    const steps = page.ok && page.value.nextPage === null ? page.value.read() : null;
    return steps?.ok === true ? describeLeft(programName, runId, steps.value) : ''; // the wait itself tells what is wrong
  };
  return {
    name: `run ${runId}`,
    events: { runId },
    ask: (connection, options) => waitForRun(connection, runId, options),
    look: (connection, signal) => getRun(connection, runId, signal),
    isFinal: (run) => runExit(run.state) !== null,
    onOpenGates: (gates) => {
      const fresh = gates.filter((gate) => !told.has(gate));
      for (const gate of fresh) told.add(gate);
      return fresh.map((gate) => `\nA gate is open: ${programName} gate show ${gate}\n`).join('');
    },
    // The line of a terminal shows it all the time.
    ...(terminal.errScreen.size() === null ? { whatIsLeft } : {}),
  };
}

/** An open run without work ends only when somebody closes it. */
const describeLeft = (programName: string, runId: string, steps: readonly ClientStep[]): string => {
  const open = steps.filter(({ state }) => stepExit(state) === null);
  if (open.length === 0) {
    return `Nothing is left to do in run ${runId}; it stays open until: ${programName} run complete ${runId}`;
  }
  const named = open.slice(0, MAX_NAMED).map(({ id, state }) => oneLine(`${id} (${state})`));
  const rest = open.length - named.length;
  return `It goes on with ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
};

const MAX_NAMED = 5;
