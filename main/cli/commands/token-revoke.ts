import { revokeToken } from '../../../contract/client/token-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'token revoke <tokenID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [id = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => revokeToken(connection, id),
      describe: ({ id: revoked, name }) =>
        `Token ${oneLine(`${revoked} ${name}`)} is revoked: it lets nobody in any more.\n`,
    }),
});
