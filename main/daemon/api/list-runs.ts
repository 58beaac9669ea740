import type { FastifyReply } from 'fastify';
import { z } from 'zod';

import type { Refusal } from '../../../contract/errors.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { encodeJson, listOrNull } from '../../../contract/wire/encode-json.ts';
import { RunListQuery } from '../../../contract/wire/list-queries.ts';
import { encodeRun, type RunView, WireRun } from '../../../contract/wire/run.ts';
import { countRun } from '../services/count-run.ts';
import { countRuns, listRuns, type RunFilter, type RunPage } from '../services/read-runs.ts';
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
    several: ['state'],
    answers: { 200: json(z.array(WireRun).nullable(), 'One page of runs; null when there are none', COUNTED) },
    handle: (call, { query }) => {
      if (isSearch(query)) return search(context, call, query);
      const { url } = call.request;
      const known = kept.get(url);
      if (known !== undefined) return sendKept(call, known);
      const page = readPage(services, query);
      if (!page.ok) return refuse(call, page.error);
      return sendKept(call, kept.keep(url, encodePage(services, { url, query, page: page.value })));
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
  return answerPage(call, found, (runs) => encodeRuns(context.services, query, runs));
}

function encodeRuns(services: ApiContext['services'], { include }: RunListQuery, runs: readonly RunRecord[]) {
  const view = (run: RunRecord): RunView =>
    include === undefined ? { run, phases: null } : { run, phases: null, counts: countRun(services, run.id) };
  return listOrNull(runs.map((run) => encodeRun(view(run))));
}

const TOTAL = 'x-total-count';
const COUNTED = { ...PAGED, [TOTAL]: 'how many there are on all pages; with `include=counts`, and without a search' };

const sendKept = ({ reply }: Call, { body, tag, headers }: KeptPage): FastifyReply =>
  sendTagged(reply.headers(headers), body, tag);

const NO_RUNS: RunPage = { runs: [], next: null };

function readPage(services: ApiContext['services'], query: RunListQuery): Result<RunPage, Refusal> {
  const filter = filterOf(query);
  return filter === null ? ok(NO_RUNS) : listRuns(services, filter);
}

/** Null: no run can match. */
function filterOf({ project_id, conversation_id, state, limit, after }: RunListQuery): RunFilter | null {
  const states = state?.filter((one) => one !== null);
  if (project_id === null || states?.length === 0) return null;
  return {
    ...(project_id === undefined ? {} : { projectId: project_id }),
    ...(conversation_id === undefined ? {} : { conversationId: conversation_id }),
    ...(states === undefined ? {} : { states }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
  };
}

interface Answered {
  readonly url: string;
  readonly query: RunListQuery;
  readonly page: RunPage;
}

function encodePage(services: ApiContext['services'], { url, query, page: { runs, next } }: Answered): KeptPage {
  const body = Buffer.from(encodeJson(encodeRuns(services, query, runs)));
  const link = next === null ? {} : { link: nextLink(url, next) };
  const total = query.include === undefined ? {} : { [TOTAL]: String(countAll(services, query)) };
  return { body, tag: entityTag(body), headers: { 'content-type': 'application/json', ...link, ...total } };
}

const countAll = (services: ApiContext['services'], query: RunListQuery): number => {
  const filter = filterOf(query);
  return filter === null ? 0 : countRuns(services, filter);
};
