import { getAttempt } from '../../../contract/client/attempt-routes.ts';
import { openStepLog } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { openFollowedLog } from '../follow-log.ts';
import { fetchView } from '../show-document.ts';
import { showStream } from '../show-stream.ts';
import { tellingOfGates } from '../tell-of-gates.ts';

export const command = defineCommand({
  usage: 'attempt log <attemptID> [--stream stdout|stderr] [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { stream: 'text', follow: 'switch' },
  run: async (context, { words: [attemptId = ''], flags }) => {
    const attempt = await fetchView(context, (connection) => getAttempt(connection, attemptId));
    if (!attempt.ok) return attempt;
    const { stepId } = attempt.value;
    const log = { stepId, attemptId, stream: flags.stream };
    return tellingOfGates(context, flags.follow && !flags.json ? { stepId } : null, () =>
      showStream(context, {
        isJson: flags.json,
        subject: { attempt_id: attemptId, step_id: stepId },
        absent: 'No log available for this attempt.',
        open: (connection, signal) =>
          flags.follow
            ? openFollowedLog(context, connection, { ...log, signal })
            : openStepLog(connection, stepId, { ...log, signal }),
      }),
    );
  },
});
