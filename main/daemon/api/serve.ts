import type { FastifyInstance, RouteShorthandOptions } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import type { ApiRequest, Call } from './call.ts';
import { refuse } from './refuse.ts';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

export type Handle = (call: Call) => unknown;
type Handles = Partial<Record<Method, Handle>> & { readonly options?: RouteShorthandOptions };

/** The methods of one path. The others are refused as inherited clients know it, and never as an unknown path. */
export function serve(app: FastifyInstance, path: string, { options, ...handles }: Handles): void {
  for (const method of METHODS) {
    const handle = handles[method] ?? refuseMethod;
    const route = { ...options, method, url: path };
    app.route<{ Params: ApiRequest['params'] }>({ ...route, handler: (request, reply) => handle({ request, reply }) });
  }
}

const refuseMethod: Handle = (call) => refuse(call, refusal('method_not_allowed', 'Method not allowed'));

/** A list's path with a slash behind it: somebody forgot the id. */
export const needId: Handle = (call) => refuse(call, refusal('invalid_id', 'ID required'));
export const everyMethod = (handle: Handle): Handles => Object.fromEntries(METHODS.map((method) => [method, handle]));

/** A schema of the contract, seen from here. */
interface IdSchema<Id> {
  safeParse(
    text: unknown,
  ):
    | { readonly success: true; readonly data: Id }
    | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };
}

/** Reads the id in the path; what cannot be an id is refused before anybody looks for it. */
export const withId =
  <Id>(schema: IdSchema<Id>, handle: (id: Id, call: Call) => unknown): Handle =>
  (call) => {
    const id = schema.safeParse(call.request.params['id']);
    if (id.success) return handle(id.data, call);
    const [issue] = id.error.issues;
    return refuse(call, refusal('invalid_id', `the id in the path ${issue?.message ?? 'is not valid'}`));
  };
