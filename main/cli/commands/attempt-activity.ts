import { openActivity } from '../../../contract/client/activity-routes.ts';
import { getAttempt } from '../../../contract/client/attempt-routes.ts';
import { defineCommand } from '../define-command.ts';
import { openFollowed } from '../follow-stream.ts';
import { showActivity } from '../show-activity.ts';
import { fetchView } from '../show-document.ts';
import { tellingOfGates } from '../tell-of-gates.ts';

export const command = defineCommand({
  usage: 'attempt activity <attemptID> [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { follow: 'switch' },
  printsLines: true,
  run: async (context, { words: [id = ''], flags: { json, follow } }) => {
    // Of an attempt that is not there the activity itself says so.
    const attempt = follow && !json ? await fetchView(context, (connection) => getAttempt(connection, id)) : null;
    return tellingOfGates(context, attempt?.ok === true ? { stepId: attempt.value.stepId } : null, () =>
      showActivity(context, {
        isJson: json,
        isLive: follow,
        open: (connection, signal) => {
          const of = { kind: 'attempt', id } as const;
          if (!follow) return openActivity(connection, of, { signal });
          return openFollowed(context, connection, { signal, open: (now, range) => openActivity(now, of, range) });
        },
      }),
    );
  },
});
