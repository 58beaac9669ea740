import { code, codes } from './markdown.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON Schema in a few words: what a reader wants to know, not all that a validator checks. */
export function describeType(schema: unknown): string {
  if (!isObject(schema)) return 'anything';
  const { $ref, anyOf, properties } = schema;
  if (typeof $ref === 'string') return linkTo($ref);
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map(describeType))].join(' or ');
  const keys = keysOf(schema);
  if (keys.length === 0 || !isObject(properties)) return plainType(schema);
  return `object with ${keys.map(({ name, type }) => `${code(name)} (${type})`).join(', ')}`;
}

export interface DescribedKey {
  readonly name: string;
  readonly type: string;
  readonly remarks: string;
  readonly isNeeded: boolean;
}

/** The keys of an object. That one which may be missing may also be null is told once for all. */
export function keysOf({ properties, required }: Readonly<Record<string, unknown>>): readonly DescribedKey[] {
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => ({
    name,
    type: needed.has(name) ? describeType(property) : describeType(property).replaceAll(' or null', ''),
    remarks: remarksOf(property),
    isNeeded: needed.has(name),
  }));
}

function linkTo(reference: string): string {
  const name = reference.split('/').at(-1) ?? reference;
  return `[${name}](#${name.toLowerCase()})`;
}

function plainType(schema: Readonly<Record<string, unknown>>): string {
  const { type, enum: choices, const: only, items, additionalProperties } = schema;
  if (Array.isArray(choices)) return `one of ${codes(choices.map(String).filter((choice) => choice !== ''))}`;
  if (only !== undefined) return code(JSON.stringify(only));
  const types = [type ?? 'anything'].flat().map(String);
  const words = types.filter((one) => one !== 'null').join(' or ') || 'null';
  const inner = [items, additionalProperties].filter((one) => isObject(one) && Object.keys(one).length > 0);
  const ofWhat = inner.map((one) => ` of ${describeType(one)}`).join('');
  return `${words}${ofWhat}${rangeOf(schema)}${types.length > 1 && types.includes('null') ? ' or null' : ''}`;
}

function rangeOf({ minimum, maximum, maxLength, format }: Readonly<Record<string, unknown>>): string {
  if (typeof format === 'string') return ` (${format})`;
  const isSmall = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER;
  if (typeof minimum === 'number' && isSmall) return ` from ${minimum} to ${maximum}`;
  return typeof maxLength === 'number' ? ` of at most ${maxLength} characters` : '';
}

/** What is said of a key besides its type. */
export function remarksOf(schema: unknown): string {
  if (!isObject(schema)) return '';
  const { description, default: fallback } = schema;
  const absent = fallback === undefined || fallback === '' ? [] : [`${code(JSON.stringify(fallback))} when missing`];
  return [...(typeof description === 'string' ? [description] : []), ...absent].join(' ');
}
