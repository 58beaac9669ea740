import type { FastifyInstance } from 'fastify';

import { WireAudit } from '../../../contract/wire/checks.ts';
import { verifyAudit } from '../services/audit.ts';
import { rememberAudit } from '../services/remember-audit.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

export function serveAudit(app: FastifyInstance, { services, closing }: ApiContext): void {
  const verify = operation({
    id: 'verifyAudit',
    summary: 'Checks the event chain and every artifact again',
    description: 'Takes as long as there is evidence; who hangs up ends it.',
    scope: 'admin:read',
    answers: { 200: json(WireAudit, 'What was found') },
    handle: async (call) => {
      const report = await verifyAudit(services, { signal: untilGone(call, closing) });
      rememberAudit(services, report);
      return sendJson(call.reply, report);
    },
  });
  serve(app, '/api/v1/audit/verify', { GET: verify });
}
