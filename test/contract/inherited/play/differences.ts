import { z } from 'zod';

import { whyNotDecoded } from '../client-decoder.ts';
import { isContaining } from '../containing.ts';
import { SHAPES, type ShapeName } from '../shapes.ts';

/** Why a body has not the shape; empty when it has. `isSorted`: printed by the client, with its keys in the alphabet's order. */
export function shapeProblems(name: ShapeName, value: unknown, isSorted: boolean): readonly string[] {
  const parsed = SHAPES[name].safeParse(value);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const order = isSorted ? unsorted(value, name) : outOfOrder(SHAPES[name], value, name);
  return [...order, ...whyNotDecoded(name, value)];
}

/** Inherited keys stand in their inherited order; ours may stand anywhere behind or between them. */
function outOfOrder(schema: z.ZodType, value: unknown, path: string): readonly string[] {
  if (schema instanceof z.ZodNullable) return outOfOrder(asType(schema.unwrap()), value, path);
  if (schema instanceof z.ZodOptional) return outOfOrder(asType(schema.unwrap()), value, path);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((item, index) => outOfOrder(asType(schema.element), item, `${path}[${index}]`));
  }
  if (!(schema instanceof z.ZodObject) || !isObject(value)) return [];
  const wanted = Object.keys(schema.shape).filter((key) => Object.hasOwn(value, key));
  const found = Object.keys(value).filter((key) => wanted.includes(key));
  const here =
    wanted.join() === found.join() ? [] : [`${path}: keys stand as ${found.join()}, not as ${wanted.join()}`];
  return [...here, ...wanted.flatMap((key) => outOfOrder(asType(schema.shape[key]), value[key], `${path}.${key}`))];
}

/** What zod keeps inside of a schema is a schema. */
function asType(inner: unknown): z.ZodType {
  if (inner instanceof z.ZodType) return inner;
  throw new Error('no schema');
}

function unsorted(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unsorted(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  const here = keys.join() === keys.toSorted().join() ? [] : [`${path}: keys are not sorted: ${keys.join()}`];
  return [...here, ...keys.flatMap((key) => unsorted(value[key], `${path}.${key}`))];
}

/** Where a value is not as expected: an object is a part of it, a list has this very length, a RegExp is found in a text. */
export function valueProblems(wanted: unknown, value: unknown, path = 'body'): readonly string[] {
  if (wanted instanceof RegExp) {
    return typeof value === 'string' && wanted.test(value) ? [] : [`${path}: ${show(value)} is not ${wanted}`];
  }
  if (Array.isArray(wanted)) return listProblems(wanted, value, path);
  if (isContaining(wanted)) return missingItems(wanted.containing, value, path);
  if (isObject(wanted)) {
    if (!isObject(value)) return [`${path}: ${show(value)} is no object`];
    return Object.entries(wanted).flatMap(([key, item]) => valueProblems(item, value[key], `${path}.${key}`));
  }
  return Object.is(wanted, value) ? [] : [`${path}: ${show(value)} is not ${show(wanted)}`];
}

function listProblems(wanted: readonly unknown[], value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path}: ${show(value)} is no list`];
  if (value.length !== wanted.length) return [`${path}: ${value.length} items, not ${wanted.length}: ${show(value)}`];
  return wanted.flatMap((item, index) => valueProblems(item, value[index], `${path}[${index}]`));
}

function missingItems(wanted: readonly unknown[], value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path}: ${show(value)} is no list`];
  return wanted
    .filter((item) => !value.some((found) => valueProblems(item, found).length === 0))
    .map((item) => `${path}: nothing is like ${show(item)} in ${show(value)}`);
}

/** Every text is in the whole, every RegExp is found in it; a single text is the whole. */
export function textProblems(
  what: string,
  wanted: string | readonly (string | RegExp)[] | undefined,
  found: string,
): readonly string[] {
  if (wanted === undefined) return [];
  if (typeof wanted === 'string') return wanted === found ? [] : [`${what} is ${show(found)}, not ${show(wanted)}`];
  return wanted
    .filter((part) => !(typeof part === 'string' ? found.includes(part) : part.test(found)))
    .map((part) => `${what} has no ${part instanceof RegExp ? part : show(part)}: ${show(found)}`);
}

/** Enough of a value to see what is wrong with it. */
const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 600);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
