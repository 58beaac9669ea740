import { setTimeout as sleep } from 'node:timers/promises';
import { viewOf } from '../../contract/client/document.ts';
import type { ClientReply, Connection } from '../../contract/client/http-types.ts';
import type { StreamReply } from '../../contract/client/send-request.ts';
import { listStepAttempts, openStepLog } from '../../contract/client/step-routes.ts';
import { ok } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type PatientCall, patientCalls } from './reconnect.ts';

export interface FollowedLog {
  readonly stepId: string;
  /** The newest one of the step when none is named. */
  readonly attemptId: string | undefined;
  readonly stream: string | undefined;
  readonly signal: AbortSignal;
}

/** A stream that ends as soon as it is opened is not opened again without a pause. */
const PAUSE_MS = 200;

/**
 * The log of one attempt as it grows, across restarts of the daemon: each byte once, in order. The body breaks with an
 * error when the daemon stays away, or when the signal is aborted.
 */
export async function openFollowedLog(context: CliContext, connection: Connection, log: FollowedLog): StreamReply {
  const attemptId = log.attemptId ?? (await newestAttempt(connection, log.stepId));
  const followed = { ...log, attemptId };
  const first = await openStepLog(connection, log.stepId, { ...followed, isFollowing: true });
  // Without the attempt's name what comes after a restart could be the log of another one.
  if (!first.ok || first.value.status === 204 || attemptId === undefined) return first;
  return ok({ ...first.value, body: readOn(context, first.value, followed) });
}

async function newestAttempt(connection: Connection, stepId: string): Promise<string | undefined> {
  const attempts = await viewOf(listStepAttempts(connection, stepId));
  return attempts.ok ? attempts.value.at(-1)?.id : undefined; // the log itself tells what is wrong
}

async function* readOn(context: CliContext, first: ClientReply, log: FollowedLog): AsyncGenerator<Uint8Array> {
  const { stepId, signal } = log;
  const call = patientCalls(context, { signal, hasAnswered: true });
  let offset = 0;
  for (let reply = first; ; ) {
    for await (const chunk of untilBroken(reply)) {
      offset += chunk.length;
      yield chunk;
    }
    if (!(await isMoreToCome(call, log, offset))) return;
    await sleep(PAUSE_MS, undefined, { signal });
    const next = await call((connection) => openStepLog(connection, stepId, { ...log, isFollowing: true, offset }));
    if (!next.ok) throw new Error(next.error.message);
    reply = next.value;
  }
}

/** The bytes of one connection; that it broke is no more than its end. */
async function* untilBroken({ body }: ClientReply): AsyncGenerator<Uint8Array> {
  try {
    if (body !== null) yield* body;
  } catch {
    // The daemon or the connection went away: the caller asks again from the byte that it has.
  }
}

/** A daemon that stops closes the stream as an attempt does that has ended. */
async function isMoreToCome(call: PatientCall, log: FollowedLog, offset: number): Promise<boolean> {
  const { stepId, attemptId, stream, signal } = log;
  signal.throwIfAborted();
  const reply = await call((connection) =>
    openStepLog(connection, stepId, { attemptId, stream, signal, offset, limitBytes: 0 }),
  );
  signal.throwIfAborted();
  if (!reply.ok) throw new Error(reply.error.message);
  await reply.value.text();
  const { headers } = reply.value;
  return headers.get('x-codencer-log-live') === 'true' || Number(headers.get('x-codencer-log-bytes')) > offset;
}
