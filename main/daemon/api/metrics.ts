import type { FastifyInstance } from 'fastify';

import { readMetrics } from '../services/read-metrics.ts';
import { bytes } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

const METRICS = `In Prometheus' text form. It needs the token, or the same user, like everything else: give Prometheus
\`authorization: { credentials_file: …/.codencer/token }\`. Counters begin at the start of the daemon; gauges are what the
record says now. \`codencer_event_loop_lag_seconds\` begins with the second look.`;

export function serveMetrics(app: FastifyInstance, { services }: ApiContext): void {
  const metrics = operation({
    id: 'getMetrics',
    summary: 'What the daemon counts',
    description: METRICS,
    scope: 'admin:read',
    answers: { 200: bytes('text/plain', 'The metrics') },
    handle: async ({ reply }) => {
      const { contentType, text } = await readMetrics(services);
      return reply.header('content-type', contentType).send(Buffer.from(text));
    },
  });
  serve(app, '/metrics', { GET: metrics });
}
