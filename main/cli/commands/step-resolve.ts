import { resolveStep } from '../../../contract/client/step-routes.ts';
import { err } from '../../../contract/result.ts';
import { usageFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

export const command = defineCommand({
  usage: `step resolve <stepID> --as <state> --reason <text> [--json]
States: completed, completed_with_warnings, failed_terminal, failed_validation, failed_adapter, failed_bridge, timeout,
cancelled.`,
  words: { atLeast: 1, atMost: 1 },
  flags: { as: 'text', reason: 'text' },
  run: async (context, { words: [id = ''], flags }) => {
    const { as: state = '', reason = '' } = flags;
    if (state === '' || reason.trim() === '') {
      return err(
        usageFailure('step resolve needs --as <state> and --reason <text>: the record keeps who said so and why'),
      );
    }
    return showDone(context, {
      isJson: flags.json,
      action: 'resolve',
      id,
      ask: (connection) => resolveStep(connection, id, { as: state, reason }),
      sentence: `Step ${id} is recorded as ${state}`,
    });
  },
});
