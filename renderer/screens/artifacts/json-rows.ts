import { isJsonObject, type JsonValue } from '../../../contract/client/json-value.ts';
import { plural } from '../../words/format-number.ts';

/** A value in a tree: what it is called, and what is in it. */
export interface JsonEntry {
  readonly name: string;
  readonly value: JsonValue;
}

/** Null: nothing can be in it. */
export function entriesOf(value: JsonValue): readonly JsonEntry[] | null {
  if (Array.isArray(value)) return value.map((one: JsonValue, index) => ({ name: String(index), value: one }));
  if (isJsonObject(value)) return Object.entries(value).map(([name, one]) => ({ name, value: one }));
  return null;
}

/** In one line: `"text"`, `12`, `3 entries`. */
export function briefOf(value: JsonValue): string {
  if (Array.isArray(value)) return `[ ${plural(value.length, 'entry', 'entries')} ]`;
  if (isJsonObject(value)) return `{ ${plural(Object.keys(value).length, 'field')} }`;
  return JSON.stringify(value);
}
