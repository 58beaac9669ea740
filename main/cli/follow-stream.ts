import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamRange } from '../../contract/client/activity-routes.ts';
import type { ClientReply, Connection } from '../../contract/client/http-types.ts';
import type { StreamReply } from '../../contract/client/send-request.ts';
import { ok } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type PatientCall, patientCalls } from './reconnect.ts';

/** Something of one attempt that grows: a log, or what its agent does. */
export interface FollowedStream {
  readonly open: (connection: Connection, range: StreamRange) => StreamReply;
  readonly signal: AbortSignal;
}

/** A stream that ends as soon as it is opened is not opened again without a pause. */
const PAUSE_MS = 200;

/**
 * The stream as it grows, across restarts of the daemon: each byte once, in order. The body breaks with an error when
 * the daemon stays away, or when the signal is aborted.
 */
export async function openFollowed(context: CliContext, connection: Connection, stream: FollowedStream): StreamReply {
  const first = await stream.open(connection, { isFollowing: true, signal: stream.signal });
  if (!first.ok || first.value.status === 204) return first;
  return ok({ ...first.value, body: readOn(context, first.value, stream) });
}

async function* readOn(context: CliContext, first: ClientReply, stream: FollowedStream): AsyncGenerator<Uint8Array> {
  const { signal } = stream;
  const call = patientCalls(context, { signal, hasAnswered: true });
  let offset = 0;
  for (let reply = first; ; ) {
    for await (const chunk of untilBroken(reply)) {
      offset += chunk.length;
      yield chunk;
    }
    if (!(await isMoreToCome(call, stream, offset))) return;
    await sleep(PAUSE_MS, undefined, { signal });
    const next = await call((connection) => stream.open(connection, { isFollowing: true, offset, signal }));
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
async function isMoreToCome(call: PatientCall, { open, signal }: FollowedStream, offset: number): Promise<boolean> {
  signal.throwIfAborted();
  const reply = await call((connection) => open(connection, { signal, offset, limitBytes: 0 }));
  signal.throwIfAborted();
  if (!reply.ok) throw new Error(reply.error.message);
  await reply.value.text();
  const { headers } = reply.value;
  return headers.get('x-codencer-log-live') === 'true' || Number(headers.get('x-codencer-log-bytes')) > offset;
}
