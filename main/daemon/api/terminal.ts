import type { FastifyInstance, FastifyReply } from 'fastify';

import type { AttemptId } from '../../../contract/ids.ts';
import { AttemptPath } from '../../../contract/wire/paths.ts';
import { TerminalQuery, TerminalSizeRequest, TypingQuery } from '../../../contract/wire/terminal.ts';
import { followTerminal, readTerminal } from '../services/read-terminal.ts';
import { resizeTerminal, typeIntoTerminal } from '../services/use-terminal.ts';
import { answerEmpty } from './answer.ts';
import { nothing } from './answer-spec.ts';
import { bytesBody, neededBody } from './body-spec.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { sendBytes } from './send-bytes.ts';
import { sendPart } from './send-part.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

/** The terminal of an attempt: a stream of bytes down, and requests up, so that a page can have it as well. */
export function serveTerminal(app: FastifyInstance, context: ApiContext): void {
  serve(app, '/api/v1/attempts/:id/terminal', { GET: readOperation(context) });
  serve(app, '/api/v1/attempts/:id/terminal/input', { POST: typeOperation(context) });
  serve(app, '/api/v1/attempts/:id/terminal/size', { POST: resizeOperation(context) });
}

const BYTES = 'application/octet-stream';

const readOperation = (context: ApiContext) =>
  operation({
    id: 'getAttemptTerminal',
    summary: 'What the terminal of an attempt shows',
    description: `The bytes as the terminal gave them, control sequences and all, with secrets masked. From any byte on, so
that who lost the connection goes on where it was; following it ends when the terminal is closed.`,
    scope: 'steps:read',
    path: AttemptPath,
    query: TerminalQuery,
    answers: {
      200: {
        description: 'The bytes',
        media: { [BYTES]: null },
        headers: {
          'x-codencer-attempt': 'whose terminal it is; not when following',
          'x-codencer-log-bytes': 'how much it has shown by now; not when following',
          'x-codencer-log-live': 'whether more may come; not when following',
        },
      },
      204: nothing('It has no terminal, or none yet'),
    },
    refusals: ['attempt_not_found'],
    handle: (call, { id, query }) => (query.follow ? sendFollowed : sendSome)(context, call, { attemptId: id, query }),
  });

interface Wanted {
  readonly attemptId: AttemptId;
  readonly query: TerminalQuery;
}

async function sendSome({ services }: ApiContext, call: Call, { attemptId, query }: Wanted): Promise<FastifyReply> {
  const { offset = 0, limit = null } = query;
  return sendPart(call, BYTES, await readTerminal(services, { attemptId, offset, limit }));
}

function sendFollowed({ services, closing }: ApiContext, call: Call, { attemptId, query }: Wanted): FastifyReply {
  const signal = untilGone(call, closing);
  const shown = followTerminal(services, { attemptId, offset: query.offset ?? 0, signal });
  return shown.ok ? sendBytes(call.reply.header('content-type', BYTES), shown.value) : refuse(call, shown.error);
}

const typeOperation = (context: ApiContext) =>
  operation({
    id: 'typeIntoAttemptTerminal',
    summary: 'Types into the program on the terminal of an attempt',
    description: `The bytes as a keyboard would send them. They arrive in the order of the requests that were answered; who
sends the next one before the answer has no order. That somebody types is in the record, never what.`,
    scope: 'gates:write',
    by: 'operators',
    path: AttemptPath,
    query: TypingQuery,
    body: bytesBody,
    answers: { 200: nothing('All of it is typed') },
    refusals: ['attempt_not_found', 'state_conflict'],
    handle: async (call, { id: attemptId, query, body: bytes }) => {
      const actor = await actorOf(context, call);
      const typing = { attemptId, bytes, actor, attachment: query.attach };
      return answerEmpty(call, await typeIntoTerminal(context.services, typing));
    },
  });

const resizeOperation = ({ services }: ApiContext) =>
  operation({
    id: 'resizeAttemptTerminal',
    summary: 'Changes the size of the terminal of an attempt',
    scope: 'gates:write',
    by: 'operators',
    path: AttemptPath,
    body: neededBody(TerminalSizeRequest),
    answers: { 200: nothing('It has that size') },
    refusals: ['attempt_not_found', 'state_conflict'],
    handle: (call, { id: attemptId, body: { cols: columns, rows } }) =>
      answerEmpty(call, resizeTerminal(services, { attemptId, size: { columns, rows } })),
  });
