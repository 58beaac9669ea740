import type { FastifyInstance, FastifyReply } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import { dashboardPath } from '../services/dashboard-path.ts';
import type { ApiContext, Call } from './call.ts';
import { sendTagged } from './conditional.ts';
import { guardDashboard } from './dashboard-headers.ts';
import { sendPage } from './html-page.ts';
import { doorPage, hidden, hiddenPage } from './operation.ts';
import { otherInstancePage } from './other-instance-page.ts';
import { refuse } from './refuse.ts';
import { everyMethod, serve } from './serve.ts';

/**
 * The built dashboard: one page at every address of it, and the files that the page loads. They are the same for
 * everybody and hold no secret; what is shown in them is asked of the API, with a token.
 */
export function serveDashboard(app: FastifyInstance, context: ApiContext): void {
  const page = doorPage('a page of the dashboard, for people', (call) => sendDashboard(context, call));
  const file = doorPage('what a page of the dashboard loads', (call) => sendFile(context, call));
  const root = doorPage('the same with a slash behind it', (call) =>
    guardDashboard(call.reply).redirect(`/i/${encodeURIComponent(call.request.params['instance'] ?? '')}/`),
  );
  serve(app, '/i/:instance', { GET: root, HEAD: root });
  serve(app, '/i/:instance/*', { GET: page, HEAD: page });
  serve(app, '/ui/*', { GET: file, HEAD: file });
  serve(app, '/', { ...everyMethod(unknownPath), GET: front(context) });
}

async function sendDashboard({ services }: ApiContext, call: Call): Promise<FastifyReply> {
  const { reply, request } = call;
  guardDashboard(reply);
  const { id } = services.instance();
  if (!isNavigation(call)) return refuse(call, refusal('not_found', '404 page not found'));
  if (request.params['instance'] !== id) return sendPage(reply.code(404), otherInstancePage(id));
  const page = await services.dashboard.page();
  if (page === null) return refuse(call, refusal('not_found', NOT_BUILT));
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache');
  return sendTagged(reply, Buffer.from(page));
}

async function sendFile({ services }: ApiContext, call: Call): Promise<FastifyReply> {
  const { reply, request } = call;
  guardDashboard(reply);
  const file = await services.dashboard.file(request.params['*'] ?? '');
  if (file === null) return refuse(call, refusal('not_found', '404 page not found'));
  reply.header('content-type', file.mediaType).header('cache-control', file.isImmutable ? FOR_EVER : 'no-cache');
  return sendTagged(reply, Buffer.from(file.bytes));
}

/** Somebody opens an address; a script that loads one is told when there is nothing. */
const isNavigation = ({ request: { headers } }: Call): boolean =>
  headers['sec-fetch-mode'] === 'navigate' ||
  (headers['sec-fetch-mode'] === undefined && (headers.accept ?? '').includes('text/html'));

const FOR_EVER = 'private, max-age=31536000, immutable';
const NOT_BUILT = 'the dashboard is not built: "npm run build" builds it';

const unknownPath = hidden('there is nothing here, as inherited clients know it', (call) =>
  refuse(call, refusal('not_found', '404 page not found')),
);

/** `up` prints the bare address, and people open it. */
const front = ({ services }: ApiContext) =>
  hiddenPage('a browser is led to the dashboard, or to the documents', (call) => {
    if (!(call.request.headers.accept ?? '').includes('text/html')) return unknownPath.handle(call);
    const target = services.dashboard.isBuilt() ? dashboardPath(services.instance().id) : '/help';
    return call.reply.redirect(target);
  });
