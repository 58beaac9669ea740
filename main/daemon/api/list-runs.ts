import type { FastifyReply } from 'fastify';
import { z } from 'zod';

import type { Refusal } from '../../../contract/errors.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { encodeJson, listOrNull } from '../../../contract/wire/encode-json.ts';
import { RunListQuery } from '../../../contract/wire/queries.ts';
import { encodeRun, WireRun } from '../../../contract/wire/run.ts';
import type { ServiceContext } from '../services/context.ts';
import { listRuns, type RunFilter, type RunPage } from '../services/read-runs.ts';
import { json, PAGED } from './answer-spec.ts';
import type { Call } from './call.ts';
import { createKeptAnswers, type KeptAnswer } from './kept-answers.ts';
import { operation, type Served } from './operation.ts';
import { refuse } from './refuse.ts';

/** One page, newest first. The way to the next page is in `Link`: the body stays the bare list that it always was. */
export function listRunPages(services: ServiceContext): Served {
  const kept = createKeptAnswers(() => services.store.events.lastSeq());
  return operation({
    id: 'listRuns',
    summary: 'Runs, newest first',
    scope: 'runs:read',
    query: RunListQuery,
    answers: { 200: json(z.array(WireRun).nullable(), 'One page of runs; null when there are none', PAGED) },
    handle: (call, { query }) => {
      const { url } = call.request;
      const known = kept.get(url);
      if (known !== undefined) return sendKept(call, known);
      const page = readPage(services, query);
      return page.ok ? sendKept(call, kept.keep(url, encodePage(url, page.value))) : refuse(call, page.error);
    },
  });
}

const sendKept = ({ reply }: Call, { body, headers }: KeptAnswer): FastifyReply => reply.headers(headers).send(body);

const NO_RUNS: RunPage = { runs: [], next: null };

function readPage(services: ServiceContext, query: RunListQuery): Result<RunPage, Refusal> {
  const filter = filterOf(query);
  return filter === null ? ok(NO_RUNS) : listRuns(services, filter);
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

function encodePage(url: string, { runs, next }: RunPage): KeptAnswer {
  const body = encodeJson(listOrNull(runs.map((run) => encodeRun({ run, phases: null }))));
  const link = next === null ? {} : { link: nextLink(url, next) };
  return { body: Buffer.from(body), headers: { 'content-type': 'application/json', ...link } };
}

/** The same list from where this page ends (RFC 8288). */
export function nextLink(url: string, after: string): string {
  const [path = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('after', after);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
