import type { z } from 'zod';

import { assertNever } from '../result.ts';

type RawIssue = z.core.$ZodRawIssue;

/** What is wrong with one value, to be read after its path. Texts that a schema brings along come before these. */
export function explainIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue.expected, issue.input);
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(String(value))).join(', ')}`;
    case 'too_small':
      return explainBound(issue, { limit: issue.minimum, inclusive: 'at least', exclusive: 'more than' });
    case 'too_big':
      return explainBound(issue, { limit: issue.maximum, inclusive: 'at most', exclusive: 'less than' });
    case 'unrecognized_keys':
      return `has nothing named ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_union':
      return issue.discriminator === undefined ? 'is none of the forms that are known' : explainUnion(issue);
    case 'invalid_key':
      return 'has a key that cannot be used';
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return issue.message ?? 'is not valid';
    default:
      return assertNever(issue);
  }
}

function explainBound(
  issue: { readonly origin: string; readonly inclusive?: boolean | undefined },
  bound: { readonly limit: number | bigint; readonly inclusive: string; readonly exclusive: string },
): string {
  const words = issue.inclusive === false ? bound.exclusive : bound.inclusive;
  const unit = COUNTED[issue.origin];
  if (unit === undefined) return `must be ${words} ${bound.limit}`;
  if (bound.limit === 1 && words === 'at least') return 'must not be empty';
  return `must have ${words} ${bound.limit} ${unit}`;
}

const COUNTED: Readonly<Record<string, string>> = { string: 'characters', array: 'items', map: 'items', set: 'items' };

const explainUnion = (issue: { readonly discriminator?: string | undefined; readonly input?: unknown }): string =>
  `needs a known "${issue.discriminator}"`;

function explainType(expected: string, input: unknown): string {
  if (input === undefined) return 'is required';
  if (expected === 'int' && typeof input === 'number') return 'must be a whole number';
  return `must be ${nameOfType(expected)}, not ${nameOfValue(input)}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const nameOfType = (expected: string): string => TYPE_NAMES[expected] ?? expected;

function nameOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return String(value);
  return TYPE_NAMES[typeof value] ?? typeof value;
}

/** `validations[0].command`: where in the body it is. */
export const joinPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((joined, part) => {
    if (typeof part === 'number') return `${joined}[${part}]`;
    return joined === '' ? String(part) : `${joined}.${String(part)}`;
  }, '');
