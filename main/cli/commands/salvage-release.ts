import { releaseSalvage } from '../../../contract/client/record-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

export const command = defineCommand({
  usage: 'salvage release <attemptID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [id = ''], flags }) =>
    showDone(context, {
      isJson: flags.json,
      action: 'release',
      id,
      ask: (connection) => releaseSalvage(connection, id),
      sentence: `The saved work of ${id} is given up; git removes it with its next clean-up`,
    }),
});
