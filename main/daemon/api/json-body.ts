import type { FastifyInstance, FastifyRequest } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { BodySpec } from './body-spec.ts';
import { firstJsonValue } from './first-json-value.ts';

/**
 * Bodies stay bytes until a handler reads them. Inherited clients send JSON under any Content-Type (curl's default is
 * a form); only a page has to say what it sends.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.origin === undefined) request.raw.headers['content-type'] = 'application/json';
    done();
  });
}

/** Reads the body as what the route expects; the refusal says where it is not. */
export function readBody<B>(request: FastifyRequest, { decode, isOptional, media }: BodySpec<B>): Result<B, Refusal> {
  const isAbsent = !Buffer.isBuffer(request.body) || request.body.length === 0;
  const isRaw = media === 'application/octet-stream';
  const value = isRaw ? ok(request.body) : isOptional && isAbsent ? ok({}) : parseBody(request);
  if (!value.ok) return value;
  const decoded = decode(value.value);
  return decoded.ok ? decoded : err(refusal('invalid_input', decoded.error));
}

/** The body as it came. */
export const bodyText = (request: FastifyRequest): string => decodeUtf8(request.body) ?? '';

function parseBody(request: FastifyRequest): Result<unknown, Refusal> {
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
      return parseValue(extent.text);
  }
}

function decodeUtf8(body: unknown): string | null {
  if (!Buffer.isBuffer(body)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null; // The decoder has one complaint, and it names no place.
  }
}

function parseValue(json: string): Result<unknown, Refusal> {
  try {
    return ok(JSON.parse(json));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err(refusal('invalid_json', `the body is not valid JSON: ${detail}`));
  }
}
