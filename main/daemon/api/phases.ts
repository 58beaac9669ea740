import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { PhasePath, RunPath } from '../../../contract/wire/paths.ts';
import { encodePhase, WirePhase } from '../../../contract/wire/phase.ts';
import { getPhase, listPhases } from '../services/read-phases.ts';
import { answer } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function servePhases(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listRunPhases',
    summary: 'The phases of a run, in their order',
    scope: 'runs:read',
    path: RunPath,
    answers: { 200: json(z.array(WirePhase), 'The phases') },
    refusals: ['run_not_found'],
    handle: (call, { id }) => answer(call, listPhases(services, { runId: id }), (phases) => phases.map(encodePhase)),
  });
  const get = operation({
    id: 'getRunPhase',
    summary: 'One phase of a run',
    scope: 'runs:read',
    path: PhasePath,
    answers: { 200: json(WirePhase, 'The phase') },
    refusals: ['run_not_found', 'not_found'],
    handle: (call, { id, phaseId }) => answer(call, getPhase(services, { runId: id, phaseId }), encodePhase),
  });
  serve(app, '/api/v1/runs/:id/phases', { GET: list });
  serve(app, '/api/v1/runs/:id/phases/:phaseId', { GET: get });
}
