import type { FastifyReply } from 'fastify';

import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { decodeRunListQuery, type RunListQuery } from '../../../contract/wire/queries.ts';
import { encodeRun } from '../../../contract/wire/run.ts';
import type { ServiceContext } from '../services/context.ts';
import { listRuns, type RunFilter } from '../services/read-runs.ts';
import { sendJson } from './answer.ts';
import type { Call } from './call.ts';
import { readQuery } from './query.ts';
import { refuse } from './refuse.ts';

/** One page, newest first. The way to the next page is in `Link`: the body stays the bare list that it always was. */
export function listRunsPage(services: ServiceContext, call: Call): FastifyReply {
  const query = readQuery(call.request, decodeRunListQuery);
  if (!query.ok) return refuse(call, query.error);
  const filter = filterOf(query.value);
  if (filter === null) return sendJson(call.reply, null);
  const page = listRuns(services, filter);
  if (!page.ok) return refuse(call, page.error);
  const { runs, next } = page.value;
  if (next !== null) call.reply.header('link', nextLink(call.request.url, next));
  return sendJson(call.reply, listOrNull(runs.map((run) => encodeRun({ run, phases: null }))));
}

/** Null: no run can match. */
function filterOf({ project_id, conversation_id, state, limit, after }: RunListQuery): RunFilter | null {
  if (project_id === null || state === null) return null;
  return {
    ...(project_id === undefined ? {} : { projectId: project_id }),
    ...(conversation_id === undefined ? {} : { conversationId: conversation_id }),
    ...(state === undefined ? {} : { state }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
  };
}

/** The same list from where this page ends (RFC 8288). */
export function nextLink(url: string, after: string): string {
  const [path = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('after', after);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
