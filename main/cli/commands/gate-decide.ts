import { decideGate } from '../../../contract/client/gate-routes.ts';
import { err } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

/** `gate approve` and `gate reject`. Any other word is sent as it is: the daemon says which actions it knows. */
export const command = defineCommand({
  usage: 'gate <approve|reject> <gateID> [--reason text] [--digest sha256] [--json]',
  words: { atLeast: 2, atMost: 2 },
  flags: { reason: 'text', digest: 'text' },
  run: async (context, { words: [action = '', id = ''], flags }) => {
    const outcome = await showDone(context, {
      isJson: flags.json,
      action,
      id,
      ask: (connection) => decideGate(connection, id, { action, reason: flags.reason, digest: flags.digest }),
      sentence: `Gate ${id} processed successfully`,
    });
    const isKnown = action === 'approve' || action === 'reject';
    return outcome.ok || isKnown
      ? outcome
      : err({ ...outcome.error, nextStep: `Decisions are: ${context.programName} gate approve|reject <gateID>` });
  },
});
