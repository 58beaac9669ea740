import type { FastifyInstance } from 'fastify';

import type { Declared } from '../operation.ts';

/** One method of one path, as fastify knows it. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  /** Missing where somebody went around `serve`. */
  readonly declared: Declared | undefined;
}

/** Fills up while routes are added; call it before the first. */
export function collectRoutes(app: FastifyInstance): readonly DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const methods = Array.isArray(method) ? method : [method];
    routes.push(...methods.map((one) => ({ method: one, path: url, declared: config?.declared })));
  });
  return routes;
}
