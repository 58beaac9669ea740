import type { FastifyInstance, FastifyRequest } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { firstJsonValue } from './first-json-value.ts';

export const SMALL_BODY_BYTES = 64 * 1024;
export const TASK_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Bodies stay bytes until a handler reads them. Inherited clients send JSON under any Content-Type (curl's default is
 * a form); only a page has to say what it sends.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.origin === undefined) request.raw.headers['content-type'] = 'application/json';
    done();
  });
}

/** The body's text and its first JSON value. */
export interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

export function parseBody(request: FastifyRequest): Result<JsonBody, Refusal> {
  const text = decodeUtf8(request.body);
  if (text === null) return err(refusal('invalid_json', 'the body is not valid UTF-8'));
  const extent = firstJsonValue(text);
  switch (extent.kind) {
    case 'empty':
      return err(refusal('invalid_json', 'EOF'));
    case 'too-deep':
      return err(refusal('invalid_json', `the body is nested deeper than ${extent.limit} levels`));
    case 'too-many':
      return err(refusal('invalid_json', `the body holds more than ${extent.limit} values`));
    case 'value':
      return parseValue(text, extent.text);
  }
}

/** Reads the body as what the route expects; the refusal says where it is not. */
export function readBody<T>(
  request: FastifyRequest,
  decode: (value: unknown) => Result<T, string>,
): Result<T, Refusal> {
  const body = parseBody(request);
  if (!body.ok) return body;
  const decoded = decode(body.value.value);
  return decoded.ok ? decoded : err(refusal('invalid_input', decoded.error));
}

/** For routes whose body may be left out. */
export function readOptionalBody<T>(
  request: FastifyRequest,
  decode: (value: unknown) => Result<T, string>,
): Result<T, Refusal> {
  if (Buffer.isBuffer(request.body) && request.body.length > 0) return readBody(request, decode);
  const decoded = decode({});
  return decoded.ok ? decoded : err(refusal('invalid_input', decoded.error));
}

function decodeUtf8(body: unknown): string | null {
  if (!Buffer.isBuffer(body)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null; // The decoder has one complaint, and it names no place.
  }
}

function parseValue(text: string, json: string): Result<JsonBody, Refusal> {
  try {
    return ok({ text, value: JSON.parse(json) });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err(refusal('invalid_json', `the body is not valid JSON: ${detail}`));
  }
}
