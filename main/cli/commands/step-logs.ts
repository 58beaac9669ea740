import { type LogOptions, openStepLog } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showStream } from '../show-stream.ts';

export const command = defineCommand({
  usage: 'step logs <stepID> [--attempt id] [--stream stdout|stderr] [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { attempt: 'text', stream: 'text', follow: 'switch' },
  run: (context, { words: [stepId = ''], flags }) => {
    if (!flags.json) context.terminal.err(`Fetching logs for step ${stepId}...\n`);
    const options: LogOptions = { attemptId: flags.attempt, stream: flags.stream, isFollowing: flags.follow };
    return showStream(context, {
      isJson: flags.json,
      stepId,
      absent: 'No logs available for this step.',
      open: (connection, signal) => openStepLog(connection, stepId, { ...options, signal }),
    });
  },
});
