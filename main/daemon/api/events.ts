import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { encodeEvent, WireEvent } from '../../../contract/wire/event.ts';
import { decodeLastEventId, EventQuery } from '../../../contract/wire/event-query.ts';
import { type EventFilter, followEvents, readEvents } from '../services/read-events.ts';
import { acceptSocket, judgeHandshake } from './accept-socket.ts';
import { sendJson } from './answer.ts';
import { nothing, PAGED } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { sendEvents } from './event-socket.ts';
import { streamEvents } from './event-stream.ts';
import { isEventSearch, sendFoundEvents } from './find-events.ts';
import { nextLink } from './next-link.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

/** Everything that happened after a cursor: as a stream that goes on, or one page of it as a list. */
export function serveEvents(app: FastifyInstance, context: ApiContext): void {
  const events = operation({
    id: 'readEvents',
    summary: 'Everything that happened after a cursor',
    description: EVENTS,
    scope: 'events:read',
    query: EventQuery,
    headers: {
      'last-event-id': 'The number of the last event that was seen; counts more than `after`',
      upgrade: '`websocket` asks for one frame of JSON an event',
      'sec-websocket-protocol': '`codencer.events`, and from a browser also `bearer.<token>`',
    },
    answers: {
      101: nothing('Goes on as a WebSocket'),
      200: {
        description: 'A stream that goes on, or one page',
        media: { 'text/event-stream': null, 'application/json': z.array(WireEvent) },
        headers: PAGED,
      },
    },
    handle: (call, { query }) => {
      if (query.format === 'sse') return sendStream(context, call, query);
      return isEventSearch(query) ? sendFoundEvents(context, call, query) : sendPage(context, call, query);
    },
  });
  serve(app, '/api/v1/events', { GET: events });
}

const EVENTS =
  'As server-sent events: `id` is the sequence number, `event` the type, `data` the event. With `format=json` one page of them; as a WebSocket the event in a frame of text.';

const filterOf = ({ run, step }: EventQuery) => ({
  ...(run === undefined ? {} : { runId: run }),
  ...(step === undefined ? {} : { stepId: step }),
});

function sendPage({ services }: ApiContext, call: Call, query: EventQuery): FastifyReply {
  const { after = 0, limit } = query;
  const page = readEvents(services, { ...filterOf(query), after, limit });
  const last = page.at(-1);
  if (last !== undefined && page.length === limit) {
    call.reply.header('link', nextLink(call.request.url, String(last.seq)));
  }
  return sendJson(call.reply, page.map(encodeEvent));
}

/** A reader that comes back says where it was in `Last-Event-ID`, which then counts more than what its address says. */
function sendStream(context: ApiContext, call: Call, query: EventQuery): FastifyReply | Promise<unknown> {
  const lastEventId = call.request.headers['last-event-id'];
  const resumed = lastEventId === undefined ? null : decodeLastEventId(lastEventId);
  if (resumed?.ok === false) return refuse(call, refusal('invalid_input', `Last-Event-ID: ${resumed.error}`));
  const wanted = { ...filterOf(query), after: resumed?.value ?? query.after ?? 0 };
  const head = context.upgrades.get(call.request.raw);
  if (head !== undefined) return sendFrames(context, { call, head, wanted });
  const signal = untilGone(call, context.closing);
  return streamEvents(call.reply, followEvents(context.services, { ...wanted, signal }), signal);
}

interface SocketRequest {
  readonly call: Call;
  readonly head: Buffer;
  readonly wanted: EventFilter & { readonly after: number };
}

async function sendFrames(
  { services, closing, slowReaderMs }: ApiContext,
  { call, head, wanted }: SocketRequest,
): Promise<unknown> {
  const judged = judgeHandshake(call.request.headers);
  if (!judged.ok) return refuse(call, judged.error);
  const { socket: connection } = call.request.raw;
  const socket = await acceptSocket(call, head);
  const follow = (signal: AbortSignal) => followEvents(services, { ...wanted, signal });
  return sendEvents({ socket, connection, slowReaderMs, closing }, follow);
}
