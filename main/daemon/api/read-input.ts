import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { decodeWith } from '../../../contract/wire/decode.ts';
import type { InputSpec } from './input-spec.ts';
import { readBody } from './json-body.ts';

/** Reads a request as its operation expects it; the first thing that is wrong is what is said. */
export function readInput(
  { path, query, several = [], body }: InputSpec,
  request: FastifyRequest,
): Result<object, Refusal> {
  const named = path === undefined ? ok({}) : readPath(request.params, path);
  if (!named.ok) return named;
  const asked = query === undefined ? ok(undefined) : readQuery(request.query, { schema: query, several });
  if (!asked.ok) return asked;
  const sent = body === undefined ? ok(undefined) : readBody(request, body);
  return sent.ok ? ok({ ...named.value, query: asked.value, body: sent.value }) : sent;
}

/** What cannot be an id is refused before anybody looks for it. */
function readPath(params: unknown, schema: z.ZodType): Result<object, Refusal> {
  const read = schema.safeParse(params);
  if (read.success && typeof read.data === 'object' && read.data !== null) return ok(read.data);
  const issue = read.error?.issues[0];
  return err(
    refusal('invalid_id', `the ${String(issue?.path[0])} in the path ${issue?.message ?? 'cannot be understood'}`),
  );
}

/** Of a name that is there twice the first one counts; empty is absent. */
function readQuery(
  query: unknown,
  { schema, several }: { readonly schema: z.ZodType; readonly several: readonly string[] },
): Result<unknown, Refusal> {
  const decoded = decodeWith(schema, firstOfEach(query, several));
  return decoded.ok ? decoded : err(refusal('invalid_input', decoded.error));
}

function firstOfEach(query: unknown, several: readonly string[]): unknown {
  if (typeof query !== 'object' || query === null) return {};
  const entries = Object.entries(query).map(([name, value]): readonly [string, unknown] => [
    name,
    Array.isArray(value) && !several.includes(name) ? value[0] : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
