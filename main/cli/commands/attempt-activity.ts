import { openActivity } from '../../../contract/client/activity-routes.ts';
import { defineCommand } from '../define-command.ts';
import { openFollowed } from '../follow-stream.ts';
import { showActivity } from '../show-activity.ts';

export const command = defineCommand({
  usage: 'attempt activity <attemptID> [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { follow: 'switch' },
  printsLines: true,
  run: (context, { words: [id = ''], flags: { json, follow } }) =>
    showActivity(context, {
      isJson: json,
      isLive: follow,
      open: (connection, signal) => {
        const of = { kind: 'attempt', id } as const;
        if (!follow) return openActivity(connection, of, { signal });
        return openFollowed(context, connection, { signal, open: (now, range) => openActivity(now, of, range) });
      },
    }),
});
