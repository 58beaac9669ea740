import type { z } from 'zod';

import { WireProblem } from '../../../../contract/wire/problem.ts';
import type { Operation } from '../operation.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import { describeOperation, describeRefusal, tagOf } from './describe-operation.ts';
import { refusalsOfAll } from './implied-refusals.ts';
import { type JsonSchema, type SchemaUse, toJsonSchemas } from './json-schemas.ts';

type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

/** OpenAPI 3.1 of what is served: nothing is written by hand that a declaration knows. */
export function openApiDocument(routes: readonly DeclaredRoute[], version: string) {
  const declared = routes.flatMap(({ method, path, declared }): Route[] =>
    declared?.kind === 'operation' ? [{ method, path, operation: declared.operation }] : [],
  );
  const { schemaOf, named } = writeSchemas(declared.map(({ operation }) => operation));
  return {
    openapi: '3.1.1',
    info: { title: 'Codencer daemon', version, description: ABOUT },
    servers: [{ url: '/' }],
    tags: [...new Set(declared.map(({ operation }) => tagOf(operation)))].map((name) => ({ name })),
    paths: pathsOf(declared, schemaOf),
    components: {
      schemas: named,
      responses: {
        Unchanged304: { description: 'As it was when it had the tag of `If-None-Match`' },
        ...Object.fromEntries(
          [...refusalsOfAll()].map(([status, codes]) => [`Refused${status}`, describeRefusal(codes)]),
        ),
      },
      headers: { RequestId: { description: REQUEST_ID, schema: { type: 'string' } } },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: TOKEN } },
    },
  };
}
export type OpenApiDocument = ReturnType<typeof openApiDocument>;

const ABOUT =
  'One daemon serves one clone of a repository. Lists that inherited clients know say `null` when nothing is in them. What is refused is a line of text with `X-Codencer-Error`, or `application/problem+json` for who accepts JSON. States and codes that a client does not know are to be expected from a newer daemon.';
const REQUEST_ID = "The request's own `X-Request-Id`, or one that was made: the daemon's log names it";
const TOKEN =
  'Stands in `.codencer/token`. A program of the user who runs the daemon needs none, unless `auth` says `token`; a browser needs it for all but this document and its page.';

function pathsOf(routes: readonly Route[], schemaOf: (schema: unknown) => JsonSchema) {
  const byPath = Map.groupBy(routes, ({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'));
  return Object.fromEntries(
    [...byPath].map(([path, methods]) => [
      path,
      Object.fromEntries(
        methods.map((route) => [route.method.toLowerCase(), describeOperation({ ...route, schemaOf })]),
      ),
    ]),
  );
}

/** All schemas of one use are written together, so that they share what has a name. */
function writeSchemas(operations: readonly Operation[]) {
  const used: Readonly<Record<SchemaUse, readonly z.ZodType[]>> = {
    answer: [WireProblem, ...operations.flatMap(answerSchemas)],
    request: operations.flatMap(({ body }) => body?.schema ?? []),
    query: operations.flatMap(({ path, query }) => [path ?? [], query ?? []].flat()),
  };
  const written = new Map<unknown, JsonSchema>();
  const named: Record<string, JsonSchema> = {};
  for (const use of ['answer', 'request', 'query'] as const) {
    const schemas = [...new Set(used[use])];
    const made = toJsonSchemas(schemas, use);
    for (const [index, schema] of schemas.entries()) written.set(schema, made.schemas[index] ?? {});
    Object.assign(named, made.named);
  }
  return { named, schemaOf: (schema: unknown): JsonSchema => written.get(schema) ?? {} };
}

const answerSchemas = ({ answers }: Operation): readonly z.ZodType[] =>
  Object.values(answers).flatMap(({ media }) => Object.values(media).flatMap((schema) => schema ?? []));
