import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { WireHelpDocument, WireHelpList } from '../../../contract/wire/help-document.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { readContents } from './help/contents.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';

/** The documents for people as they are written, for clients that show them in their own way. */
export function serveHelpDocuments(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listDocuments',
    summary: 'The documents for people, in the order in which they are read',
    scope: 'public',
    answers: { 200: json(WireHelpList, 'What there is; the first is the index') },
    refusals: ['not_found'],
    handle: async (call) => {
      const index = await services.helpPages.read('README');
      if (index === null) return refuse(call, refusal('not_found', 'the documents are not installed'));
      return sendJson(call.reply, { documents: readContents(index) });
    },
  });
  const get = operation({
    id: 'getDocument',
    summary: 'One of the documents for people, as Markdown',
    scope: 'public',
    path: z.object({ page: z.string() }),
    answers: { 200: json(WireHelpDocument, 'The document') },
    refusals: ['not_found'],
    handle: async (call, { page }) => {
      const markdown = await services.helpPages.read(page);
      return markdown === null
        ? refuse(call, refusal('not_found', 'there is no such document: /api/v1/documents lists those that there are'))
        : sendJson(call.reply, { name: page, markdown });
    },
  });
  serve(app, '/api/v1/documents', { GET: list });
  serve(app, '/api/v1/documents/:page', { GET: get });
}
