import type { FastifyInstance, FastifyReply } from 'fastify';

import type { StepId } from '../../../contract/ids.ts';
import { encodeLogLines, NO_LINES, WireLogLines } from '../../../contract/wire/log-lines.ts';
import { LogQuery } from '../../../contract/wire/log-query.ts';
import { StepPath } from '../../../contract/wire/paths.ts';
import { followLog, type LogSubject, readLog, readLogLines } from '../services/read-log.ts';
import { sendJson } from './answer.ts';
import { nothing } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { saying } from './inherited-words.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { sendPart } from './send-part.ts';
import { serve } from './serve.ts';
import { streamBlocks } from './stream-blocks.ts';
import { untilGone } from './until-gone.ts';

/** The output of an attempt, from any byte on. Without parameters it is the whole file, as inherited clients know it. */
export function serveLogs(app: FastifyInstance, context: ApiContext): void {
  const log = operation({
    id: 'getStepLog',
    summary: 'The output of an attempt of a step',
    description: LOGS,
    scope: 'steps:read',
    path: StepPath,
    query: LogQuery,
    answers: {
      200: {
        description: 'The output, or lines of it',
        media: { 'text/plain': null, 'application/json': WireLogLines },
        headers: {
          'x-codencer-attempt': 'whose output it is; as text, and not when following',
          'x-codencer-log-bytes': 'how long the log is by now; as text, and not when following',
          'x-codencer-log-live': 'whether more may come; as text, and not when following',
        },
      },
      204: nothing('There is no output; with format=json there are no lines'),
    },
    refusals: ['step_not_found', 'attempt_not_found'],
    handle: (call, { id, query }) => {
      if (query.format === 'json') return sendLines(context, call, { ...subjectOf(id, query), query });
      const wanted = { ...subjectOf(id, query), ...rangeOf(query) };
      return query.follow === '1' ? sendFollowed(context, call, wanted) : sendSome(context, call, wanted);
    },
  });
  serve(app, '/api/v1/steps/:id/logs', { GET: log });
}

const LOGS = `Of the newest attempt unless one is named. As text from any byte on; following it ends when the attempt has
ended. With format=json some of its lines, or of those that hold a text: a line is shown up to 64 KiB and an answer holds
about 4 MiB, so that fewer lines than wanted may come back; \`line_offset\` plus \`returned\` leads on.`;

const LINES = 1000;

async function sendLines(
  { services, closing }: ApiContext,
  call: Call,
  { query, ...subject }: LogSubject & { readonly query: LogQuery },
): Promise<FastifyReply> {
  const { q = null, line_offset: offset = 0, limit = LINES } = query;
  const wanted = { ...subject, text: q, offset, limit, signal: untilGone(call, closing) };
  const lines = saying(missing(subject.stepId), await readLogLines(services, wanted));
  if (!lines.ok) return refuse(call, lines.error);
  return sendJson(call.reply, lines.value === null ? NO_LINES : encodeLogLines(lines.value));
}

type Wanted = LogSubject & { readonly offset?: number; readonly limit?: number };

const subjectOf = (stepId: StepId, { attempt, stream }: LogQuery): LogSubject =>
  attempt === undefined ? { stepId, stream } : { stepId, stream, attemptId: attempt };

const rangeOf = ({ offset, limit }: LogQuery) => ({
  ...(offset === undefined ? {} : { offset }),
  ...(limit === undefined ? {} : { limit }),
});

const missing = (stepId: StepId): string => `Result not found: step ${stepId} not found`;

async function sendSome({ services }: ApiContext, call: Call, wanted: Wanted): Promise<FastifyReply> {
  return sendPart(call, 'text/plain', saying(missing(wanted.stepId), await readLog(services, wanted)));
}

function sendFollowed(
  { services, closing }: ApiContext,
  call: Call,
  wanted: Wanted,
): FastifyReply | Promise<FastifyReply> {
  const followed = followLog(services, { ...wanted, signal: untilGone(call, closing) });
  const log = saying(missing(wanted.stepId), followed);
  if (!log.ok) return refuse(call, log.error);
  if (log.value === null) return call.reply.code(204).send();
  return streamBlocks(call.reply.header('content-type', 'text/plain'), log.value);
}
