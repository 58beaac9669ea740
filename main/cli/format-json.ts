import type { JsonValue } from '../../contract/client/json-value.ts';

/** One document as inherited scripts know it: two spaces, keys in alphabetical order, `<`, `>` and `&` escaped. */
export const formatJson = (value: JsonValue): string =>
  `${JSON.stringify(value, sortKeys, 2).replace(STRANGE, escaped)}\n`;

/** The same on one line, for what never ends. */
export const formatJsonLine = (value: JsonValue): string =>
  `${JSON.stringify(value, sortKeys).replace(STRANGE, escaped)}\n`;

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const STRANGE = /[<>&\u2028\u2029]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
