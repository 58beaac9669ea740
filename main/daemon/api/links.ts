import type { FastifyInstance, FastifyReply } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { ExchangeRequest, encodeLink, encodeWindow, WireLink, WireWindow } from '../../../contract/wire/link.ts';
import { mintLink } from '../services/mint-link.ts';
import { openWindow } from '../services/open-window.ts';
import { answer, sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';

/** How a browser gets a token: an operator makes a link, and the page that it opens exchanges the code in it. */
export function serveLinks(app: FastifyInstance, context: ApiContext): void {
  const { services, door } = context;
  const mint = operation({
    id: 'mintLink',
    summary: 'An address that lets one browser into the dashboard, once',
    description: 'Good for five minutes and one exchange. Of more than twenty the oldest are worth nothing.',
    scope: 'admin:write',
    by: 'operators',
    answers: { 200: json(WireLink, 'The address') },
    handle: ({ reply }) => sendJson(reply, encodeLink(mintLink(services, door.links))),
  });
  const exchange = operation({
    id: 'exchangeLink',
    summary: 'Exchanges the code of a link for the token of a window',
    description: `Needs no token: the code is what lets in. The token is good for a week after its last use, also after
the daemon was started again, until somebody revokes it.`,
    scope: 'public',
    isDoor: true,
    by: 'operators',
    body: neededBody(ExchangeRequest),
    answers: { 200: json(WireWindow, 'The token, told this once') },
    handle: (call, { body }) => sendWindow(context, call, body),
  });
  serve(app, '/api/v1/links', { POST: mint });
  serve(app, '/api/v1/links/exchange', { POST: exchange });
}

async function sendWindow(context: ApiContext, call: Call, { code, name }: ExchangeRequest): Promise<FastifyReply> {
  const { services, door } = context;
  const { headers, method, url } = call.request;
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (site !== 'same-origin') return refuse(call, refusal('forbidden_origin', 'only a page of this daemon may ask'));
  const actor = await actorOf(context, call);
  const asked = { method, path: url.split('?', 1)[0] ?? url };
  const opened = openWindow(services, door, { code, name, actor, asked });
  if (!opened.ok && opened.error.code === 'rate_limited') call.reply.header('retry-after', 60);
  return answer(call, opened, (window) => encodeWindow(window, services.instance().id));
}
