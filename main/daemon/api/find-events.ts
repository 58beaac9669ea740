import type { FastifyReply } from 'fastify';

import { encodeEvent } from '../../../contract/wire/event.ts';
import type { EventQuery } from '../../../contract/wire/event-query.ts';
import { searchEvents } from '../services/search-events.ts';
import { sendJson } from './answer.ts';
import type { ApiContext, Call } from './call.ts';
import { nextLink } from './next-link.ts';
import { untilGone } from './until-gone.ts';

/** Whether more is asked for than a run or a step. */
export const isEventSearch = ({ type, since, until, text }: EventQuery): boolean =>
  type !== undefined || since !== undefined || until !== undefined || text !== undefined;

/** A page may be short and yet lead on: no request looks through the whole log. */
export async function sendFoundEvents(
  { services, closing }: Pick<ApiContext, 'services' | 'closing'>,
  call: Call,
  { run: runId, step: stepId, since: sinceMs, until: untilMs, after = 0, ...query }: EventQuery,
): Promise<FastifyReply> {
  const { type, text, limit } = query;
  const subject = { ...(runId === undefined ? {} : { runId }), ...(stepId === undefined ? {} : { stepId }) };
  const search = { ...subject, type, sinceMs, untilMs, text, after, limit, signal: untilGone(call, closing) };
  const { rows, next } = await searchEvents(services, search);
  if (next !== null) call.reply.header('link', nextLink(call.request.url, String(next)));
  return sendJson(call.reply, rows.map(encodeEvent));
}
