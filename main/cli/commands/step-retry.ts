import { retryStep } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

export const command = defineCommand({
  usage: 'step retry <stepID> [--reason text] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { reason: 'text' },
  run: (context, { words: [id = ''], flags }) =>
    showDone(context, {
      isJson: flags.json,
      action: 'retry',
      id,
      ask: (connection) => retryStep(connection, id, flags.reason ?? ''),
      sentence: `Step ${id} is queued for another attempt; wait for it with: ${context.programName} step wait ${id}`,
    }),
});
