import type { ErrorCode } from '../../../../contract/errors.ts';
import type { AnswerSpec, Answers } from '../answer-spec.ts';
import type { Operation } from '../operation.ts';
import { refusalsOf, refusalsOfAll } from './implied-refusals.ts';
import type { JsonSchema } from './json-schemas.ts';

/** An operation with its schemas as JSON Schema. */
export interface WrittenOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly schemaOf: (schema: unknown) => JsonSchema;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: object;
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}
type Response = ResponseObject | { readonly $ref: string };

/** The operation object of OpenAPI. */
export function describeOperation({ method, operation, schemaOf }: WrittenOperation) {
  const { id, summary, description, scope, by, body, answers } = operation;
  return {
    operationId: id,
    tags: [tagOf(operation)],
    summary,
    ...(description === undefined ? {} : { description }),
    security: [{ token: scope === 'public' ? [] : [scope] }, {}],
    ...(by === undefined ? {} : { 'x-codencer-by': by }),
    parameters: [...parametersOf(operation, schemaOf), ...(isTagged(method, answers) ? [IF_NONE_MATCH] : [])],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.isOptional,
            content: { [body.media]: body.media === 'application/json' ? { schema: schemaOf(body.schema) } : {} },
          },
        }),
    responses: responsesOf(method, operation, schemaOf),
  };
}

function responsesOf(
  method: string,
  operation: Operation,
  schemaOf: WrittenOperation['schemaOf'],
): Readonly<Record<string, Response>> {
  const answers = Object.entries(operation.answers).map(([status, one]) => [status, describeAnswer(one, schemaOf)]);
  const refusals = [...refusalsOf(method, operation)].map(([status, codes]) => [status, referToRefusal(status, codes)]);
  const unchanged = isTagged(method, operation.answers) ? [['304', UNCHANGED]] : [];
  return Object.fromEntries([...answers, ...unchanged, ...refusals]);
}

export const tagOf = ({ scope }: Pick<Operation, 'scope'>): string => scope.split(':', 1)[0] ?? scope;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: true;
  readonly description?: string;
  readonly schema: unknown;
}

function parametersOf(
  { path, query, headers }: Operation,
  schemaOf: WrittenOperation['schemaOf'],
): readonly Parameter[] {
  const inPath = namedParts(path, schemaOf).map(
    ([name, schema]): Parameter => ({ name, in: 'path', required: true, schema }),
  );
  const inQuery = namedParts(query, schemaOf).map(([name, schema]): Parameter => ({ name, in: 'query', schema }));
  const inHeaders = Object.entries(headers ?? {}).map(
    ([name, description]): Parameter => ({
      name,
      in: 'header',
      description,
      schema: { type: 'string' },
    }),
  );
  return [...inPath, ...inQuery, ...inHeaders];
}

function namedParts(schema: unknown, schemaOf: WrittenOperation['schemaOf']): readonly (readonly [string, unknown])[] {
  const properties = schema === undefined ? undefined : schemaOf(schema)['properties'];
  return typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
}

const describeAnswer = (
  { description, media, headers }: AnswerSpec,
  schemaOf: WrittenOperation['schemaOf'],
): Response => ({
  description,
  headers: { 'x-request-id': REQUEST_ID, ...describeHeaders(headers ?? {}) },
  content: Object.fromEntries(
    Object.entries(media).map(([type, schema]) => [type, schema === null ? {} : { schema: schemaOf(schema) }]),
  ),
});

/** What a GET answers as JSON has a tag. */
const isTagged = (method: string, answers: Answers): boolean =>
  method === 'GET' && answers[200]?.media['application/json'] !== undefined;

export const IF_NONE_MATCH: Parameter = {
  name: 'if-none-match',
  in: 'header',
  description: 'The `ETag` of an earlier answer: while it is the same, 304 comes instead',
  schema: { type: 'string' },
};
const UNCHANGED = { $ref: '#/components/responses/Unchanged304' };

const REQUEST_ID = { $ref: '#/components/headers/RequestId' };

const describeHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

/** A line of text, or a problem for who accepts JSON. */
export const describeRefusal = (codes: readonly ErrorCode[]): Response => ({
  description: codes.join(', '),
  headers: {
    'x-request-id': REQUEST_ID,
    'x-codencer-error': { schema: { enum: codes } },
    ...describeHeaders(codes.includes('rate_limited') ? RATE_HEADERS : {}),
  },
  content: {
    'text/plain': { schema: { type: 'string' } },
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  },
});

const RATE_HEADERS = {
  'retry-after': 'seconds until the next request is answered',
  'ratelimit-limit': 'requests in ten seconds; on every answer, like the next two',
  'ratelimit-remaining': 'how many of them are left',
  'ratelimit-reset': 'seconds until all of them are there again',
};

/** Those that every operation has are written once. */
function referToRefusal(status: number, codes: readonly ErrorCode[]): Response {
  const ofAll = refusalsOfAll().get(status) ?? [];
  return codes.join() === ofAll.join() ? { $ref: `#/components/responses/Refused${status}` } : describeRefusal(codes);
}
