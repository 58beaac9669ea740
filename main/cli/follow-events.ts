import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientEvent, clientEvent } from '../../contract/client/client-event.ts';
import { type EventFilter, openEvents } from '../../contract/client/event-routes.ts';
import type { ClientReply } from '../../contract/client/http-types.ts';
import { isJsonObject, parseJson } from '../../contract/client/json-value.ts';
import { readEventStream } from '../../contract/client/read-event-stream.ts';
import { readFields } from '../../contract/client/read-fields.ts';
import type { Item } from '../../contract/client/request-list.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CliFailure } from './cli-failure.ts';
import { patientCalls } from './reconnect.ts';

export interface FollowOptions extends EventFilter {
  /** The sequence number from which on nothing was seen yet. */
  readonly after: number;
  readonly signal: AbortSignal;
  readonly onAway?: (sentence: string) => void;
  /** The daemon has answered: at the beginning, and after each absence. */
  readonly onConnected?: () => void;
}

/** A stream that is closed as soon as it is opened is not opened again without a pause. */
const PAUSE_MS = 200;

/**
 * Every event after a cursor as it is committed, without gap or duplicate, across restarts of the daemon. Ends without a
 * word when the signal is aborted, and with the failure when the daemon stays away.
 */
export async function* followEvents(
  context: CliContext,
  { after, signal, onAway, onConnected, ...filter }: FollowOptions,
): AsyncGenerator<Result<Item<ClientEvent>, CliFailure>> {
  const call = patientCalls(context, { signal, hasAnswered: false, ...(onAway === undefined ? {} : { onAway }) });
  let cursor = after;
  for (;;) {
    const reply = await call((connection) => openEvents(connection, { ...filter, after: cursor, signal }));
    if (signal.aborted) return;
    if (!reply.ok) return yield reply;
    onConnected?.();
    for await (const event of readEvents(reply.value)) {
      if (event.view.seq <= cursor) continue;
      cursor = event.view.seq;
      yield ok(event);
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined); // an abort is seen at the next turn
    if (signal.aborted) return;
  }
}

/** The events of one connection; that it broke is no more than its end. What is no event is passed over. */
async function* readEvents({ body }: ClientReply): AsyncGenerator<Item<ClientEvent>> {
  if (body === null) return;
  try {
    for await (const data of readEventStream(body)) {
      const event = parseEvent(data);
      if (event.ok) yield event.value;
    }
  } catch {
    // The daemon or the connection went away: the caller comes back with its cursor.
  }
}

function parseEvent(data: string): Result<Item<ClientEvent>, string> {
  const parsed = parseJson(data);
  if (!parsed.ok) return parsed;
  if (!isJsonObject(parsed.value)) return err('expected an object');
  const view = readFields(parsed.value, clientEvent);
  return view.ok ? ok({ view: view.value, json: parsed.value }) : view;
}
