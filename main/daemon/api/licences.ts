import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { WireLicence } from '../../../contract/wire/licence.ts';
import { listLicences } from '../services/list-licences.ts';
import { answer } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveLicences(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listLicences',
    summary: 'The packages of others that come with this program, and their licences',
    scope: 'public',
    answers: { 200: json(z.array(WireLicence), 'The packages') },
    refusals: ['not_found'],
    handle: async (call) => answer(call, await listLicences(services), (packages) => packages),
  });
  serve(app, '/api/v1/licences', { GET: list });
}
