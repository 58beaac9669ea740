import type { FastifyInstance } from 'fastify';

import { encodeInstance } from '../../../contract/wire/instance.ts';
import { instanceInfo } from '../services/instance-info.ts';
import { sendJson } from './answer.ts';
import type { ApiContext } from './call.ts';
import { everyMethod, serve } from './serve.ts';

export function serveInstance(app: FastifyInstance, { services }: ApiContext): void {
  serve(app, '/api/v1/instance', { GET: ({ reply }) => sendJson(reply, encodeInstance(instanceInfo(services))) });
  serve(
    app,
    '/version',
    everyMethod(({ reply }) => sendJson(reply, { version: instanceInfo(services).version })),
  );
}
