import { decideGate } from '../../../contract/client/gate-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

/** `gate approve` and `gate reject`. Any other word is sent as it is: the daemon says which actions it knows. */
export const command = defineCommand({
  usage: 'gate <approve|reject> <gateID> [--reason text] [--digest sha256] [--json]',
  words: { atLeast: 2, atMost: 2 },
  flags: { reason: 'text', digest: 'text' },
  run: (context, { words: [action = '', id = ''], flags }) =>
    showDone(context, {
      isJson: flags.json,
      action,
      id,
      ask: (connection) => decideGate(connection, id, { action, reason: flags.reason, digest: flags.digest }),
      sentence: `Gate ${id} processed successfully`,
    }),
});
