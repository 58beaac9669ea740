import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export const OPENAPI_FILE = join(import.meta.dirname, '../../resources/openapi.json');

type Schema = Readonly<Record<string, unknown>>;

export interface ResponseObject {
  readonly headers?: Readonly<Record<string, { readonly schema: { readonly enum?: readonly string[] } }>>;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface FoundOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, ResponseObject & { readonly $ref?: string }>>;
}

interface DocumentObject {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly responses: Readonly<Record<string, ResponseObject>> };
}

export interface OpenApiFile {
  readonly operations: readonly FoundOperation[];
  /** The operation behind a method and a path; null when there is none. */
  find(method: string, path: string): FoundOperation | null;
  /** What is wrong with a value, null when nothing is. A key that is not in the schema is wrong. */
  judge(schema: Schema, value: unknown): string | null;
}

let read: OpenApiFile | null = null;

export function openApi(): OpenApiFile {
  read ??= readOpenApi(JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')));
  return read;
}

function readOpenApi(document: DocumentObject): OpenApiFile {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      path,
      operationId,
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [status, resolve(document, response)]),
      ),
    })),
  );
  return {
    operations,
    find: (method, path) => operations.find((one) => one.method === method && one.pattern.test(path)) ?? null,
    judge: createJudge(document),
  };
}

const resolve = ({ components }: DocumentObject, response: ResponseObject & { readonly $ref?: string }) =>
  response.$ref === undefined ? response : (components.responses[response.$ref.split('/').at(-1) ?? ''] ?? response);

function createJudge(document: DocumentObject): OpenApiFile['judge'] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: closed(document.components) });
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(referringTo('openapi', closed(schema)));
    compiled.set(schema, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors, { separator: '\n' });
  };
}

/** Of the document a key more is allowed; here it is a key that somebody forgot to document. */
const closed = (schema: object): object =>
  JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.type === 'object' && value.properties !== undefined && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  );

const referringTo = (id: string, schema: object): object =>
  JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#', `${id}#`) : value,
  );
