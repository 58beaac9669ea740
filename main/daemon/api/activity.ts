import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';

import { WireActivity } from '../../../contract/wire/activity.ts';
import { ActivityQuery } from '../../../contract/wire/activity-query.ts';
import { AttemptPath, StepPath } from '../../../contract/wire/paths.ts';
import { type ActivitySubject, followActivity, readActivity } from '../services/read-activity.ts';
import { nothing } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { sendPart } from './send-part.ts';
import { serve } from './serve.ts';
import { streamBlocks } from './stream-blocks.ts';
import { untilGone } from './until-gone.ts';

/** What agents do, as lines of JSON: all of it, or from a byte on as it happens. */
export function serveActivity(app: FastifyInstance, context: ApiContext): void {
  const ofAttempt = operation({
    ...documentation('getAttemptActivity', 'What the agent of an attempt does'),
    path: AttemptPath,
    refusals: ['attempt_not_found'],
    handle: (call, { id, query }) => send(context, call, { subject: { attemptId: id }, query }),
  });
  const ofStep = operation({
    ...documentation('getStepActivity', 'What the agent of the newest attempt of a step does'),
    path: StepPath,
    refusals: ['step_not_found'],
    handle: (call, { id, query }) => send(context, call, { subject: { stepId: id }, query }),
  });
  serve(app, '/api/v1/attempts/:id/activity', { GET: ofAttempt });
  serve(app, '/api/v1/steps/:id/activity', { GET: ofStep });
}

const documentation = (id: string, summary: string) =>
  ({
    id,
    summary,
    description: ACTIVITY,
    scope: 'steps:read',
    query: ActivityQuery,
    answers: {
      200: {
        description: 'What it did, a line each',
        media: { [LINES]: WireActivity },
        headers: {
          'x-codencer-attempt': 'whose activity it is; not when following',
          'x-codencer-log-bytes': 'how much there is by now; not when following',
          'x-codencer-log-live': 'whether more may come; not when following',
        },
      },
      204: nothing('It did nothing yet, or is no agent'),
    },
  }) as const;

const LINES = 'application/x-ndjson';

const ACTIVITY = `One line of JSON for each thing. From any byte on, so that who lost the connection goes on where it was;
following it ends when the agent has ended. Kinds that a reader does not know are to be skipped.`;

interface Wanted {
  readonly subject: ActivitySubject;
  readonly query: z.infer<typeof ActivityQuery>;
}

function send(context: ApiContext, call: Call, wanted: Wanted): FastifyReply | Promise<FastifyReply> {
  return wanted.query.follow ? sendFollowed(context, call, wanted) : sendSome(context, call, wanted);
}

async function sendSome({ services }: ApiContext, call: Call, { subject, query }: Wanted): Promise<FastifyReply> {
  const { offset = 0, limit = null } = query;
  return sendPart(call, LINES, await readActivity(services, subject, { offset, limit }));
}

function sendFollowed(
  { services, closing }: ApiContext,
  call: Call,
  { subject, query }: Wanted,
): FastifyReply | Promise<FastifyReply> {
  const followed = followActivity(services, subject, { offset: query.offset ?? 0, signal: untilGone(call, closing) });
  if (!followed.ok) return refuse(call, followed.error);
  if (followed.value === null) return call.reply.code(204).send();
  return streamBlocks(call.reply.header('content-type', LINES), followed.value);
}
