import { cancelStep } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

export const command = defineCommand({
  usage: 'step cancel <stepID> [--reason text] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { reason: 'text' },
  run: (context, { words: [id = ''], flags }) =>
    showDone(context, {
      isJson: flags.json,
      action: 'cancel',
      id,
      ask: (connection) => cancelStep(connection, id, flags.reason ?? ''),
      sentence: `Step ${id} is cancelled and nothing of it runs any more; its work: ${context.programName} step open ${id}`,
      meanwhile: 'What runs is ended and saved',
    }),
});
