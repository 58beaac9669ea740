import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export const SCHEMA_FOLDER = join(import.meta.dirname, '../../resources/schemas');

/** What is wrong with a value by a file of `resources/schemas`; null when nothing is. */
export type SchemaJudge = (path: string, value: unknown) => string | null;

export function createSchemaJudge(): SchemaJudge {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const compiled = new Map<string, ValidateFunction>();
  return (path, value) => {
    const validate = compiled.get(path) ?? ajv.compile(closed(readFileSync(join(SCHEMA_FOLDER, path), 'utf8')));
    compiled.set(path, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors, { separator: '\n' });
  };
}

/** By a file a key more is allowed; here it is a key that somebody forgot to write down. */
const closed = (text: string): object =>
  JSON.parse(text, (_key, value) =>
    value?.type === 'object' && value.properties !== undefined && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  );
