import { openStepLog } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { openFollowedLog } from '../follow-log.ts';
import { showStream } from '../show-stream.ts';
import { tellingOfGates } from '../tell-of-gates.ts';

export const command = defineCommand({
  usage: 'step logs <stepID> [--attempt id] [--stream stdout|stderr] [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { attempt: 'text', stream: 'text', follow: 'switch' },
  run: async (context, { words: [stepId = ''], flags }) => {
    if (!flags.json) context.terminal.err(`Fetching logs for step ${stepId}...\n`);
    const log = { stepId, attemptId: flags.attempt, stream: flags.stream };
    const shown = await tellingOfGates(context, flags.follow && !flags.json ? { stepId } : null, () =>
      showStream(context, {
        isJson: flags.json,
        subject: { step_id: stepId },
        absent: 'No logs available for this step.',
        open: (connection, signal) =>
          flags.follow
            ? openFollowedLog(context, connection, { ...log, signal })
            : openStepLog(connection, stepId, { ...log, signal }),
      }),
    );
    const { terminal, programName } = context;
    const isHalf = shown.ok && !flags.json && flags.stream === undefined;
    if (isHalf) terminal.err(`That was its stdout; its stderr: ${programName} step logs ${stepId} --stream stderr\n`);
    return shown;
  },
});
