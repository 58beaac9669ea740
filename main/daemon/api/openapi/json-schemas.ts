import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** `answer`: what we send; `request`: a body that we read; `query`: parameters, which are texts. */
export type SchemaUse = 'answer' | 'request' | 'query';

export interface JsonSchemas {
  /** In the order in which they were given. */
  readonly schemas: readonly JsonSchema[];
  /** Those that have a name, which the others refer to. */
  readonly named: Readonly<Record<string, JsonSchema>>;
}

/**
 * JSON Schema of what is on the wire. The codecs read more than we write, so the same schema says less of an answer
 * than of a request: an answer has every key that is not marked as one that may be missing.
 */
export function toJsonSchemas(schemas: readonly z.ZodType[], use: SchemaUse): JsonSchemas {
  const all = z.object(Object.fromEntries(schemas.map((schema, index) => [String(index), schema])));
  const { properties = {}, $defs = {} } = z.toJSONSchema(all, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      ADAPT[use](zodSchema, jsonSchema);
    },
  });
  return { schemas: schemas.map((_, index) => plain(properties[String(index)])), named: plainEach($defs) };
}

interface Written {
  type?: unknown;
  default?: unknown;
  pattern?: unknown;
  anyOf?: object[];
  required?: string[];
  properties?: Record<string, unknown>;
}
type Adapt = (zodSchema: z.core.$ZodTypes, written: Written) => void;

const ADAPT: Readonly<Record<SchemaUse, Adapt>> = {
  answer: (zodSchema, written) => {
    const { def } = zodSchema._zod;
    if (def.type === 'object') written.required = Object.keys(def.shape).filter((key) => !mayBeMissing(def.shape[key]));
    if (def.type !== 'default') return;
    delete written.default;
    // An inherited list says null when nothing is in it.
    if (written.type === 'array') Object.assign(written, { type: ['array', 'null'] });
  },
  request: (zodSchema, written) => {
    if (zodSchema._zod.def.type !== 'object' || written.properties === undefined) return;
    const required = new Set(written.required);
    for (const [key, property] of Object.entries(written.properties)) {
      // `null` is the same as a key that is not there.
      if (!required.has(key)) written.properties[key] = { anyOf: [property, { type: 'null' }] };
    }
  },
  query: (_, written) => {
    if (written.type === 'integer') delete written.pattern;
    // What fits the first form of a filter can match; the others are read, and match nothing.
    const [first] = written.anyOf ?? [];
    if (first === undefined) return;
    delete written.anyOf;
    Object.assign(written, first);
  },
};

function mayBeMissing(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional) return true;
  if (!(schema instanceof z.ZodPipe)) return false;
  return mayBeMissing(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
}

/** Schemas with a name are components of the document. */
const plain = (schema: unknown): JsonSchema =>
  JSON.parse(JSON.stringify(schema ?? {}, (key, value) => (isOwnName(key, value) ? undefined : moved(key, value))));

const isOwnName = (key: string, value: unknown): boolean =>
  key === '$schema' || (key === 'id' && typeof value === 'string');

const moved = (key: string, value: unknown): unknown =>
  key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value;

const plainEach = (schemas: Readonly<Record<string, unknown>>): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
