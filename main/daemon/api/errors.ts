import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { ServiceContext } from '../services/context.ts';
import { TooManyRequests } from './rate-limit.ts';
import { refuse } from './refuse.ts';

/** What no handler answers: unknown paths, requests that fastify refuses, a full disk, and bugs. */
export function answerErrors(app: FastifyInstance, services: ServiceContext): void {
  app.setNotFoundHandler((request, reply) => refuse({ request, reply }, refusal('not_found', '404 page not found')));
  app.setErrorHandler((error, request, reply) => {
    const known = knownRefusal(error, request);
    if (known === null && !hasGone(error, reply)) logBug(services, { error, request });
    return refuse({ request, reply }, known ?? bugOf(request));
  });
}

/** Whoever asked has gone away, and the work for it was broken off: nothing is broken. */
const hasGone = (error: unknown, { raw }: FastifyReply): boolean =>
  raw.destroyed && error instanceof Error && error.name === 'AbortError';

/** An error that is somebody's fault but not a bug's, or null. */
function knownRefusal(error: unknown, request: Pick<FastifyRequest, 'routeOptions'>): Refusal | null {
  const { code, name, statusCode } = factsOf(error);
  if (name === 'StorageFull' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return refusal('storage_full', 'the disk is full: nothing was recorded; free some space and try again');
  }
  if (error instanceof TooManyRequests) return refusal('rate_limited', error.message);
  if (code === 'RECORD_GONE' && error instanceof Error) return refusal('shutting_down', error.message);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return refusal(
      'body_too_large',
      `the body is larger than the ${request.routeOptions.bodyLimit} bytes that fit here`,
    );
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return refusal('invalid_input', 'a page has to send its body as application/json');
  }
  const isCallersFault = code.startsWith('FST_ERR_') && statusCode >= 400 && statusCode < 500;
  return isCallersFault && error instanceof Error ? refusal('invalid_input', error.message) : null;
}

function factsOf(error: unknown): { readonly code: string; readonly name: string; readonly statusCode: number } {
  if (!(error instanceof Error)) return { code: '', name: '', statusCode: 0 };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
  return { code, name: error.name, statusCode };
}

/** The caller learns that it is not its fault; where it broke is for whoever looks after the daemon. */
const bugOf = ({ id }: FastifyRequest): Refusal =>
  refusal('internal', `something is broken in the daemon; its log tells more under ${id}`);

function logBug(
  services: ServiceContext,
  { error, request }: { readonly error: unknown; readonly request: FastifyRequest },
): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { id, method, url } = request;
  services.log('error', 'request failed', { request_id: id, method, path: url.split('?', 1)[0], stack });
}
