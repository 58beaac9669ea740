import type { FastifyRequest } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, type Result } from '../../../contract/result.ts';

/** Reads the query as what the route expects. Of a name that is there twice the first one counts; empty is absent. */
export function readQuery<T>(
  request: Pick<FastifyRequest, 'query'>,
  decode: (value: unknown) => Result<T, string>,
): Result<T, Refusal> {
  const decoded = decode(firstOfEach(request.query));
  return decoded.ok ? decoded : err(refusal('invalid_input', decoded.error));
}

function firstOfEach(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return {};
  const entries = Object.entries(query).map(([name, value]): readonly [string, unknown] => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
