import { abortRun } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

export const command = defineCommand({
  usage: 'run abort <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [id = ''], flags }) =>
    showDone(context, {
      isJson: flags.json,
      action: 'abort',
      id,
      ask: (connection) => abortRun(connection, id),
      sentence: `Run ${id} aborted successfully`,
      meanwhile: 'What runs is ended and saved',
    }),
});
