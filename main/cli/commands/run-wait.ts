import type { ClientRun } from '../../../contract/client/client-run.ts';
import { getRun, waitForRun } from '../../../contract/client/run-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { defineCommand } from '../define-command.ts';
import { describeRunEnd } from '../describe-run-end.ts';
import { formatJson } from '../format-json.ts';
import { printsForPeople } from '../prints-for-people.ts';
import { runExit } from '../state-exits.ts';
import { waitLimits } from '../wait-limits.ts';
import { type WaitSubject, waitUntilFinal } from '../wait-loop.ts';

export const command = defineCommand({
  usage: 'run wait <runID> [--interval d] [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { interval: 'text', timeout: 'text' },
  run: async (context, { words: [runId = ''], flags }) => {
    const final = await waitUntilFinal(context, runSubject(context, runId), waitLimits(context, flags));
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

function runSubject({ programName }: CliContext, runId: string): WaitSubject<ClientRun> {
  const told = new Set<string>();
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
  };
}
