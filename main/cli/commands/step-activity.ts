import { openActivity } from '../../../contract/client/activity-routes.ts';
import { defineCommand } from '../define-command.ts';
import { newestAttempt } from '../follow-log.ts';
import { openFollowed } from '../follow-stream.ts';
import { showActivity } from '../show-activity.ts';
import { tellingOfGates } from '../tell-of-gates.ts';

export const command = defineCommand({
  usage: 'step activity <stepID> [--follow] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { follow: 'switch' },
  printsLines: true,
  run: (context, { words: [stepId = ''], flags: { json, follow } }) =>
    tellingOfGates(context, follow && !json ? { stepId } : null, () =>
      showActivity(context, {
        isJson: json,
        isLive: follow,
        open: async (connection, signal) => {
          const attemptId = follow ? await newestAttempt(connection, stepId) : undefined;
          const ofStep = { kind: 'step', id: stepId } as const;
          if (attemptId === undefined) return openActivity(connection, ofStep, { signal, isFollowing: follow });
          const of = { kind: 'attempt', id: attemptId } as const;
          return openFollowed(context, connection, { signal, open: (now, range) => openActivity(now, of, range) });
        },
      }),
    ),
});
