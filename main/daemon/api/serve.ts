import type { FastifyInstance } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import type { ApiRequest } from './call.ts';
import { type Declared, hidden, type Served } from './operation.ts';
import { refuse } from './refuse.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is for: who serves or documents routes reads it here. */
    readonly declared?: Declared;
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Handlers = Partial<Record<Method, Served>>;

/** The methods of one path. The others are refused as inherited clients know it, and never as an unknown path. */
export function serve(app: FastifyInstance, path: string, handlers: Handlers): void {
  const isCounted = !Object.values(handlers).some(({ declared }) => isUncounted(declared));
  for (const [{ handle, declared }, methods] of Map.groupBy(METHODS, (method) => handlers[method] ?? refusedMethod)) {
    const body = declared.kind === 'operation' ? declared.operation.body : undefined;
    app.route<{ Params: ApiRequest['params'] }>({
      // One route for all that are answered alike: each costs a tenth of a millisecond at the start.
      method: methods,
      url: path,
      config: { declared, ...(isCounted ? {} : { rateLimit: false }) },
      ...(body === undefined ? {} : { bodyLimit: body.maxBytes }),
      handler: (request, reply) => handle({ request, reply }),
    });
  }
}

const isUncounted = (declared: Declared): boolean =>
  declared.kind === 'operation' && declared.operation.isUncounted === true;

const refusedMethod = hidden('the path has no such method', (call) =>
  refuse(call, refusal('method_not_allowed', 'Method not allowed')),
);

/** A list's path with a slash behind it: somebody forgot the id. */
export const needId = hidden('inherited words for an id that was left out', (call) =>
  refuse(call, refusal('invalid_id', 'ID required')),
);

/** What inherited clients get beside the paths of things: words for a missing id, 405 for anything deeper. */
export function serveStrays(app: FastifyInstance, path: string): void {
  serve(app, `${path}/`, everyMethod(needId));
  serve(app, `${path}/*`, {});
}

export const everyMethod = (served: Served): Handlers => Object.fromEntries(METHODS.map((method) => [method, served]));
