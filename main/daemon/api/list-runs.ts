import type { FastifyReply } from 'fastify';
import { z } from 'zod';

import type { Refusal } from '../../../contract/errors.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { encodeJson, listOrNull } from '../../../contract/wire/encode-json.ts';
import { RunListQuery } from '../../../contract/wire/list-queries.ts';
import { encodeRun, WireRun } from '../../../contract/wire/run.ts';
import { listRuns, type RunFilter, type RunPage } from '../services/read-runs.ts';
import { searchRuns } from '../services/search-runs.ts';
import { json, PAGED } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { entityTag, sendTagged } from './conditional.ts';
import { createKeptAnswers, type KeptPage } from './kept-answers.ts';
import { answerPage, listRequest } from './list-page.ts';
import { nextLink } from './next-link.ts';
import { operation, type Served } from './operation.ts';
import { refuse } from './refuse.ts';

/** One page, newest first. The way to the next page is in `Link`: the body stays the bare list that it always was. */
export function listRunPages(context: ApiContext): Served {
  const { services } = context;
  const kept = createKeptAnswers(() => services.store.events.lastSeq());
  return operation({
    id: 'listRuns',
    summary: 'Runs, newest first',
    scope: 'runs:read',
    query: RunListQuery,
    answers: { 200: json(z.array(WireRun).nullable(), 'One page of runs; null when there are none', PAGED) },
    handle: (call, { query }) => {
      if (isSearch(query)) return search(context, call, query);
      const { url } = call.request;
      const known = kept.get(url);
      if (known !== undefined) return sendKept(call, known);
      const page = readPage(services, query);
      return page.ok ? sendKept(call, kept.keep(url, encodePage(url, page.value))) : refuse(call, page.error);
    },
  });
}

/** Looking through runs takes a while: others get a turn, and no answer is kept. */
const isSearch = ({ since, until, text }: RunListQuery): boolean =>
  since !== undefined || until !== undefined || text !== undefined;

async function search(context: ApiContext, call: Call, query: RunListQuery): Promise<FastifyReply> {
  const filter = filterOf(query);
  const found =
    filter === null
      ? ok({ rows: [], next: null })
      : await searchRuns(context.services, { ...filter, ...listRequest(context, call, query) });
  return answerPage(call, found, (runs) => listOrNull(runs.map(encodeBareRun)));
}

const encodeBareRun = (run: RunRecord) => encodeRun({ run, phases: null });

const sendKept = ({ reply }: Call, { body, tag, headers }: KeptPage): FastifyReply =>
  sendTagged(reply.headers(headers), body, tag);

const NO_RUNS: RunPage = { runs: [], next: null };

function readPage(services: ApiContext['services'], query: RunListQuery): Result<RunPage, Refusal> {
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

function encodePage(url: string, { runs, next }: RunPage): KeptPage {
  const body = Buffer.from(encodeJson(listOrNull(runs.map(encodeBareRun))));
  const link = next === null ? {} : { link: nextLink(url, next) };
  return { body, tag: entityTag(body), headers: { 'content-type': 'application/json', ...link } };
}
