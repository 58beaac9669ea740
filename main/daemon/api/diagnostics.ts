import type { FastifyInstance } from 'fastify';

import { diagnose } from '../services/diagnose.ts';
import { sendJson } from './answer.ts';
import type { ApiContext } from './call.ts';
import { serve } from './serve.ts';

export function serveDiagnostics(app: FastifyInstance, { services }: ApiContext): void {
  serve(app, '/api/v1/diagnostics', { GET: async ({ reply }) => sendJson(reply, await diagnose(services)) });
}
