import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { bytes } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { helpPage } from './help/help-page.ts';
import { sendPage } from './html-page.ts';
import { hiddenPage, operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';

/** The page that lists the others, in the order in which they are read. */
const INDEX = 'README';

/** The documents for people, which lie beside the program as Markdown. */
export function serveHelp(app: FastifyInstance, { services }: ApiContext): void {
  const show = async (call: Call, name: string) => {
    const [index, markdown] = await Promise.all([services.helpPages.read(INDEX), services.helpPages.read(name)]);
    if (index === null || markdown === null) return refuse(call, refusal('not_found', NO_PAGE));
    return sendPage(call.reply, await helpPage({ name, markdown, index }));
  };
  const list = operation({
    id: 'getHelp',
    summary: 'The documents for people: what there is',
    scope: 'public',
    answers: { 200: PAGE },
    refusals: ['not_found'],
    handle: (call) => show(call, INDEX),
  });
  const page = operation({
    id: 'getHelpPage',
    summary: 'One of the documents for people',
    scope: 'public',
    path: z.object({ page: z.string() }),
    answers: { 200: PAGE },
    refusals: ['not_found'],
    handle: (call, input) => show(call, input.page.replace(/\.md$/, '')),
  });
  serve(app, '/help', { GET: list });
  serve(app, '/help/', { GET: hiddenPage('the same with a slash behind it', (call) => show(call, INDEX)) });
  serve(app, '/help/:page', { GET: page });
}

const PAGE = bytes('text/html; charset=utf-8', 'A page without scripts');
const NO_PAGE = 'there is no such page: /help lists those that there are';
