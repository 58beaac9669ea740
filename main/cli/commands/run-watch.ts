import type { ClientRun } from '../../../contract/client/client-run.ts';
import { getRun } from '../../../contract/client/run-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { describeRunEnd } from '../describe-run-end.ts';
import { runExit, stepExit } from '../state-exits.ts';
import { oneLine } from '../terminal.ts';
import { watchTimeout } from '../wait-limits.ts';
import { chooseView } from '../watch/choose-view.ts';
import { type WatchSubject, watch } from '../watch/watch.ts';
import { runFrame } from '../watch/watch-frame.ts';

export const command = defineCommand({
  usage: 'run watch <runID> [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { timeout: 'text' },
  printsLines: true,
  run: async (context, { words: [runId = ''], flags }) => {
    const timeout = watchTimeout(flags.timeout);
    if (!timeout.ok) return timeout;
    const { view, isLive } = chooseView(context.terminal, flags.json, (frame, screen) =>
      runFrame(runId, frame, screen),
    );
    const end = await watch(context, { ...runSubject(runId), timeoutMs: timeout.value }, view);
    if (!end.ok) return end;
    const { terminal, programName } = context;
    const run = end.value.view;
    if (isLive) terminal.out(`\n${describeRunEnd(programName, run, terminal.outScreen)}`);
    else if (run.state === 'paused_for_gate' && !flags.json) {
      terminal.err(describeRunEnd(programName, run, terminal.errScreen));
    }
    return ok(end.value.exitCode);
  },
});

const runSubject = (runId: string): Omit<WatchSubject<ClientRun>, 'timeoutMs'> => ({
  name: `run ${runId}`,
  filter: { runId },
  look: (connection, signal) => getRun(connection, runId, signal),
  exitOf: ({ state }) => runExit(state),
  mayHaveEnded: ({ runState }) => runExit(runState) !== null,
  begin: ({ state }, { steps }) => [
    oneLine(`run ${runId} ${state}`),
    ...[...steps.values()]
      .filter((step) => stepExit(step.state) === null)
      .map((step) => oneLine(`step ${step.id} ${step.state} ${step.title}`)),
  ],
});
