import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { refusal } from '../../../contract/errors.ts';
import { BindAntigravityRequest, WireAntigravityInstance } from '../../../contract/wire/antigravity.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { sendJson } from './answer.ts';
import { json, nothing } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import { hidden, operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { serve } from './serve.ts';

/** Clients of the first version take the repository for unbound only when they get these four bytes and no newline. */
const UNBOUND = Buffer.from('null');

/** The inherited routes of a daemon to which no Antigravity can be bound: it has no executor that would use it. */
export function serveAntigravity(app: FastifyInstance): void {
  const list = operation({
    id: 'listAntigravityInstances',
    summary: 'Antigravity instances that could be bound',
    scope: 'instances:read',
    answers: { 200: json(z.array(WireAntigravityInstance).nullable(), 'The instances; null when there are none') },
    handle: ({ reply }) => sendJson(reply, listOrNull([])),
  });
  const status = operation({
    id: 'getAntigravityStatus',
    summary: 'The Antigravity instance that is bound to this repository',
    scope: 'instances:read',
    answers: { 200: json(WireAntigravityInstance.nullable(), 'The instance; exactly `null` when none is bound') },
    handle: ({ reply }) => reply.header('content-type', 'application/json').send(UNBOUND),
  });
  const bind = operation({
    id: 'bindAntigravity',
    summary: 'Binds an Antigravity instance to this repository',
    scope: 'steps:write',
    body: neededBody(BindAntigravityRequest),
    answers: {},
    refusals: ['not_found'],
    handle: (call, { body: { pid } }) =>
      refuse(call, refusal('not_found', `process ${pid} is no Antigravity instance that this daemon knows`)),
  });
  const unbind = operation({
    id: 'unbindAntigravity',
    summary: 'Forgets which Antigravity instance is bound',
    scope: 'steps:write',
    by: 'operators',
    answers: { 200: nothing('None is bound') },
    handle: ({ reply }) => reply.send(),
  });
  serve(app, '/api/v1/antigravity/instances', { GET: list });
  serve(app, '/api/v1/antigravity/status', { GET: status });
  serve(app, '/api/v1/antigravity/bind', {
    POST: hidden('inherited clients are told why; nobody else should ask while nothing can be bound', bind.handle),
    DELETE: unbind,
  });
}
