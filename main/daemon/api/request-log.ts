import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Log } from '../services/context.ts';

/** Refused before it is known what it is about; whoever floods us with those does not fill our disk, too. */
const UNHEARD: ReadonlySet<number> = new Set([401, 403, 429]);

/** One line in the daemon's log for everything that was to change something. Reads are too many to tell. */
export function logChanges(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { method, id, url } = request;
    if (isChange(request) && !UNHEARD.has(statusCode)) {
      const path = url.split('?', 1)[0];
      log('info', 'request', { request_id: id, method, path, status: statusCode, ms: Math.round(elapsedTime) });
    }
    done();
  });
}

function isChange({ routeOptions }: FastifyRequest): boolean {
  const { declared } = routeOptions.config;
  return declared?.kind === 'operation' && declared.operation.scope.endsWith(':write');
}
