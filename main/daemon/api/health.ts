import type { FastifyInstance } from 'fastify';

import { WireHealth } from '../../../contract/wire/checks.ts';
import { json } from './answer-spec.ts';
import { sendTagged } from './conditional.ts';
import { hidden, operation } from './operation.ts';
import { everyMethod, serve } from './serve.ts';

const BODY = Buffer.from('{"status":"ok"}');

/** For any method, and the only JSON here without a newline: inherited probes compare the bytes. */
export function serveHealth(app: FastifyInstance): void {
  const get = operation({
    id: 'getHealth',
    summary: 'Whether somebody is there, also while it starts',
    scope: 'instances:read',
    isUncounted: true,
    answers: { 200: json(WireHealth, 'Somebody is') },
    handle: ({ reply }) => sendTagged(reply.header('content-type', 'application/json'), BODY),
  });
  serve(app, '/health', { ...everyMethod(hidden('inherited probes use any method', get.handle)), GET: get });
}
