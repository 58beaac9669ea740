import type { FastifyInstance } from 'fastify';

import { verifyAudit } from '../services/audit.ts';
import { sendJson } from './answer.ts';
import type { ApiContext, Call } from './call.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

/** Takes as long as there is evidence; whoever goes away ends it. */
export function serveAudit(app: FastifyInstance, { services, closing }: ApiContext): void {
  const verify = async (call: Call) => {
    const report = await verifyAudit(services, { signal: untilGone(call, closing) });
    return sendJson(call.reply, report);
  };
  serve(app, '/api/v1/audit/verify', { GET: verify });
}
