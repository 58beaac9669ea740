import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { encodeBenchmark, WireBenchmark } from '../../../contract/wire/benchmark.ts';
import { encodeCompatibility, WireCompatibility } from '../../../contract/wire/compatibility.ts';
import { listOrNull } from '../../../contract/wire/encode-json.ts';
import { BenchmarkQuery } from '../../../contract/wire/list-queries.ts';
import { checkCompatibility } from '../services/check-compatibility.ts';
import { describeRouting } from '../services/describe-routing.ts';
import { listBenchmarks } from '../services/list-benchmarks.ts';
import { sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

/** Which executors are here, how one is chosen, and how they did. */
export function serveCompatibility(app: FastifyInstance, { services }: ApiContext): void {
  const compatibility = operation({
    id: 'getCompatibility',
    summary: 'Which executors would take a task on this machine',
    description: 'Looked up when it is asked for. `/api/v1/executors` tells more.',
    scope: 'instances:read',
    answers: { 200: json(WireCompatibility, 'What was found') },
    handle: async ({ reply }) => {
      const found = await checkCompatibility(services);
      return sendJson(reply, encodeCompatibility({ ...found, ...surroundings() }));
    },
  });
  const routing = operation({
    id: 'getRouting',
    summary: 'How the executor of a step is chosen',
    scope: 'instances:read',
    answers: { 200: json(WireRouting, 'The way it is chosen') },
    handle: ({ reply }) => {
      const { chain, disclaimer, mode } = describeRouting(services);
      return sendJson(reply, { chain, disclaimer, mode });
    },
  });
  const benchmarks = operation({
    id: 'listBenchmarks',
    summary: 'How the attempts of an executor went, newest first',
    description: 'At most 100, taken from the record. Simulated ones say so.',
    scope: 'steps:read',
    query: BenchmarkQuery,
    answers: { 200: json(z.array(WireBenchmark).nullable(), 'The scores; null when there are none') },
    handle: ({ reply }, { query: { adapter } }) => {
      const scores = adapter === undefined ? [] : listBenchmarks(services, { executor: adapter });
      return sendJson(reply, listOrNull(scores.map(encodeBenchmark)));
    },
  });
  serve(app, '/api/v1/compatibility', { GET: compatibility });
  serve(app, '/api/v1/routing', { GET: routing });
  serve(app, '/api/v1/benchmarks', { GET: benchmarks });
}

const WireRouting = z
  .object({ chain: z.array(z.string()), disclaimer: z.string(), mode: z.string() })
  .meta({ id: 'Routing', description: 'The executors that are tried for a step that names none, in order.' });

/** VS Code sets these in every terminal of its own. */
const surroundings = () => ({
  os: process.platform,
  isInsideVsCode: process.env['TERM_PROGRAM'] === 'vscode' || process.env['VSCODE_PID'] !== undefined,
});
