import { isJsonObject, type JsonValue } from '../../../../contract/client/json-value.ts';

type Maybe = JsonValue | undefined;

export const fieldOf = (value: Maybe, key: string): Maybe => (isJsonObject(value) ? value[key] : undefined);

export const isList = (value: Maybe): value is readonly JsonValue[] => Array.isArray(value);

export function listOf(value: Maybe, key: string): readonly JsonValue[] {
  const field = fieldOf(value, key);
  return isList(field) ? field : [];
}

export function textOf(value: Maybe, key: string): string | null {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : null;
}

export function keysOf(value: Maybe): readonly string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

/** Every text inside of a value, in the order in which it stands there. */
export function* textsIn(value: Maybe): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isList(value)) for (const item of value) yield* textsIn(item);
  else if (isJsonObject(value)) for (const item of Object.values(value)) yield* textsIn(item);
}
