import { getExecutor } from '../../../contract/client/executor-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describeExecutor } from '../describe-executor.ts';
import { showDocument } from '../show-document.ts';

export const command = defineCommand({
  usage: 'executor show <executor> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [name = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => getExecutor(connection, { name, anew: false }),
      describe: describeExecutor,
    }),
});
