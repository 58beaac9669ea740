import { listExecutors } from '../../../contract/client/executor-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describeExecutors } from '../describe-executor.ts';
import { showDocument } from '../show-document.ts';

export const command = defineCommand({
  usage: 'executor list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listExecutors(connection, { anew: false }),
      describe: describeExecutors,
    }),
});
