import type { FastifyInstance } from 'fastify';

import { WireVersion } from '../../../contract/wire/checks.ts';
import { encodeInstance, WireInstance } from '../../../contract/wire/instance.ts';
import { instanceInfo } from '../services/instance-info.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { hidden, operation } from './operation.ts';
import { everyMethod, serve } from './serve.ts';

export function serveInstance(app: FastifyInstance, { services }: ApiContext): void {
  const get = operation({
    id: 'getInstance',
    summary: 'Which daemon this is, and of which repository',
    scope: 'instances:read',
    answers: { 200: json(WireInstance, 'The instance') },
    handle: ({ reply }) => sendJson(reply, encodeInstance(instanceInfo(services))),
  });
  const version = operation({
    id: 'getVersion',
    summary: 'The version of the daemon',
    scope: 'instances:read',
    answers: { 200: json(WireVersion, 'The version') },
    handle: ({ reply }) => sendJson(reply, { version: instanceInfo(services).version }),
  });
  serve(app, '/api/v1/instance', { GET: get });
  serve(app, '/version', { ...everyMethod(hidden('inherited probes use any method', version.handle)), GET: version });
}
