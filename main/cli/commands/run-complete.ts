import { completeRun } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';

export const command = defineCommand({
  usage: 'run complete <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [runId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => completeRun(connection, runId),
      describe: (run) => `Run ${run.id} is closed: ${run.state}\n`,
    }),
});
