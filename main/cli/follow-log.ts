import { viewOf } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import type { StreamReply } from '../../contract/client/send-request.ts';
import { listStepAttempts, openStepLog } from '../../contract/client/step-routes.ts';
import type { CliContext } from './cli-context.ts';
import { openFollowed } from './follow-stream.ts';

export interface FollowedLog {
  readonly stepId: string;
  /** The newest one of the step when none is named. */
  readonly attemptId: string | undefined;
  readonly stream: string | undefined;
  readonly signal: AbortSignal;
}

/** The log of one attempt as it grows, across restarts of the daemon. */
export async function openFollowedLog(context: CliContext, connection: Connection, log: FollowedLog): StreamReply {
  const { stepId, stream, signal } = log;
  const attemptId = log.attemptId ?? (await newestAttempt(connection, stepId));
  // Without the attempt's name what comes after a restart could be the log of another one.
  if (attemptId === undefined) return openStepLog(connection, stepId, { stream, signal, isFollowing: true });
  return openFollowed(context, connection, {
    signal,
    open: (now, range) => openStepLog(now, stepId, { attemptId, stream, ...range }),
  });
}

export async function newestAttempt(connection: Connection, stepId: string): Promise<string | undefined> {
  const attempts = await viewOf(listStepAttempts(connection, stepId));
  return attempts.ok ? attempts.value.at(-1)?.id : undefined; // the stream itself tells what is wrong
}
