import type { FastifyInstance, FastifyReply } from 'fastify';

import type { StepId } from '../../../contract/ids.ts';
import { StepPath } from '../../../contract/wire/paths.ts';
import { LogQuery } from '../../../contract/wire/queries.ts';
import { followLog, type LogSubject, readLog } from '../services/read-log.ts';
import { bytes, nothing } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { sendBytes } from './send-bytes.ts';
import { serve } from './serve.ts';
import { saying } from './steps.ts';
import { untilGone } from './until-gone.ts';

/** The output of an attempt, from any byte on. Without parameters it is the whole file, as inherited clients know it. */
export function serveLogs(app: FastifyInstance, context: ApiContext): void {
  const log = operation({
    id: 'getStepLog',
    summary: 'The output of an attempt of a step',
    description: 'Of the newest attempt unless one is named. Following it ends when the attempt has ended.',
    scope: 'steps:read',
    path: StepPath,
    query: LogQuery,
    answers: {
      200: bytes('text/plain', 'The output', {
        'x-codencer-attempt': 'whose output it is; not when following',
        'x-codencer-log-bytes': 'how long the log is by now; not when following',
        'x-codencer-log-live': 'whether more may come; not when following',
      }),
      204: nothing('There is no output'),
    },
    refusals: ['step_not_found', 'attempt_not_found'],
    handle: (call, { id, query }) => {
      const wanted = { ...subjectOf(id, query), ...rangeOf(query) };
      return query.follow === '1' ? sendFollowed(context, call, wanted) : sendPart(context, call, wanted);
    },
  });
  serve(app, '/api/v1/steps/:id/logs', { GET: log });
}

type Wanted = LogSubject & { readonly offset?: number; readonly limit?: number };

const subjectOf = (stepId: StepId, { attempt, stream }: LogQuery): LogSubject =>
  attempt === undefined ? { stepId, stream } : { stepId, stream, attemptId: attempt };

const rangeOf = ({ offset, limit }: LogQuery) => ({
  ...(offset === undefined ? {} : { offset }),
  ...(limit === undefined ? {} : { limit }),
});

const missing = (stepId: StepId): string => `Result not found: step ${stepId} not found`;

async function sendPart({ services }: ApiContext, call: Call, wanted: Wanted): Promise<FastifyReply> {
  const log = saying(missing(wanted.stepId), await readLog(services, wanted));
  if (!log.ok) return refuse(call, log.error);
  if (log.value === null) return call.reply.code(204).send();
  const { attemptId, totalBytes, isLive, bytes } = log.value;
  call.reply
    .header('content-type', 'text/plain')
    .header('x-codencer-attempt', attemptId)
    .header('x-codencer-log-bytes', totalBytes)
    .header('x-codencer-log-live', String(isLive));
  return sendBytes(call.reply, bytes);
}

function sendFollowed({ services, closing }: ApiContext, call: Call, wanted: Wanted): FastifyReply {
  const followed = followLog(services, { ...wanted, signal: untilGone(call, closing) });
  const log = saying(missing(wanted.stepId), followed);
  if (!log.ok) return refuse(call, log.error);
  if (log.value === null) return call.reply.code(204).send();
  return sendBytes(call.reply.header('content-type', 'text/plain'), log.value);
}
