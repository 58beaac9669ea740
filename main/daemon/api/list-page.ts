import type { FastifyReply } from 'fastify';

import type { Refusal } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';
import type { ListParameters } from '../../../contract/wire/query-values.ts';
import type { ListRequest } from '../services/list-filters.ts';
import { sendJson } from './answer.ts';
import type { ApiContext, Call } from './call.ts';
import { nextLink } from './next-link.ts';
import { refuse } from './refuse.ts';
import { untilGone } from './until-gone.ts';

const DEFAULT_LIMIT = 100;

/** What a list was asked for, in the words of the services. */
export const listRequest = (
  { closing }: Pick<ApiContext, 'closing'>,
  call: Call,
  { since, until, text, limit = DEFAULT_LIMIT, after }: ListParameters,
): ListRequest => ({ sinceMs: since, untilMs: until, text, limit, after, signal: untilGone(call, closing) });

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** One page of a list. The way to the next one is in `Link`: the body is the bare list that it is without pages. */
export function answerPage<Row>(
  call: Call,
  page: Result<Page<Row>, Refusal>,
  encode: (rows: readonly Row[]) => unknown,
): FastifyReply {
  if (!page.ok) return refuse(call, page.error);
  const { rows, next } = page.value;
  if (next !== null) call.reply.header('link', nextLink(call.request.url, next));
  return sendJson(call.reply, encode(rows));
}
