import type { FastifyInstance } from 'fastify';

import { WireDiagnostics } from '../../../contract/wire/checks.ts';
import { diagnose } from '../services/diagnose.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveDiagnostics(app: FastifyInstance, { services }: ApiContext): void {
  const check = operation({
    id: 'getDiagnostics',
    summary: 'What is right and wrong about the daemon and its machine',
    scope: 'admin:read',
    answers: { 200: json(WireDiagnostics, 'Every check') },
    handle: async ({ reply }) => sendJson(reply, await diagnose(services)),
  });
  serve(app, '/api/v1/diagnostics', { GET: check });
}
