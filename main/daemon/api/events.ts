import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { encodeEvent, WireEvent } from '../../../contract/wire/event.ts';
import { decodeLastEventId, EventQuery } from '../../../contract/wire/queries.ts';
import { followEvents, readEvents } from '../services/read-events.ts';
import { sendJson } from './answer.ts';
import { PAGED } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { streamEvents } from './event-stream.ts';
import { nextLink } from './list-runs.ts';
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
    headers: { 'last-event-id': 'The number of the last event that was seen; counts more than `after`' },
    answers: {
      200: {
        description: 'A stream that goes on, or one page',
        media: { 'text/event-stream': null, 'application/json': z.array(WireEvent) },
        headers: PAGED,
      },
    },
    handle: (call, { query }) =>
      query.format === 'json' ? sendPage(context, call, query) : sendStream(context, call, query),
  });
  serve(app, '/api/v1/events', { GET: events });
}

const EVENTS =
  'As server-sent events: `id` is the sequence number, `event` the type, `data` the event. With `format=json` one page of them.';

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
function sendStream({ services, closing }: ApiContext, call: Call, query: EventQuery): FastifyReply | Promise<void> {
  const lastEventId = call.request.headers['last-event-id'];
  const resumed = lastEventId === undefined ? null : decodeLastEventId(lastEventId);
  if (resumed?.ok === false) return refuse(call, refusal('invalid_input', `Last-Event-ID: ${resumed.error}`));
  const after = resumed?.value ?? query.after ?? 0;
  const signal = untilGone(call, closing);
  return streamEvents(call.reply, followEvents(services, { ...filterOf(query), after, signal }), signal);
}
