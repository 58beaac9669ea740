import type { JsonObject } from './json-value.ts';

/** What is no number is passed over. */
export const numbersOf = (json: JsonObject): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
