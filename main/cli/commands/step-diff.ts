import { openStepDiff } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showStream } from '../show-stream.ts';

export const command = defineCommand({
  usage: 'step diff <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showStream(context, {
      isJson: flags.json,
      subject: { step_id: stepId },
      absent: 'This step has no diff.',
      open: (connection) => openStepDiff(connection, stepId),
    }),
});
