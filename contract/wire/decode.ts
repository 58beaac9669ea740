import { z } from 'zod';

import { err, ok, type Result } from '../result.ts';
import { explainIssue, joinPath } from './explain-issue.ts';
import { parseTime } from './time.ts';

/**
 * Reads a value from outside. What is wrong is told in one sentence, `<path>: <what is wrong>`; `pathOf` gives the path
 * its name on the wire when the schema's own names differ.
 */
export function decodeWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  pathOf: (path: readonly PropertyKey[]) => string = joinPath,
): Result<z.infer<Schema>, string> {
  const parsed = schema.safeParse(value, { error: explainIssue });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  if (issue === undefined) return err('body: is not understood');
  return err(`${pathOf(issue.path) || 'body'}: ${issue.message}`);
}

/**
 * An object as the inherited server reads it: unknown keys are ignored, keys match in any case (the last one wins), and
 * `null` is the same as a key that is not there.
 */
export const wireObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(foldKeys(Object.keys(shape)), z.object(shape));

function foldKeys(known: readonly string[]): (value: unknown) => unknown {
  const byLowerCase = new Map(known.map((key) => [key.toLowerCase(), key]));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const folded = new Map<string, unknown>();
    for (const [key, item] of Object.entries(value)) {
      const name = byLowerCase.get(key.toLowerCase());
      if (name !== undefined && item !== null) folded.set(name, item);
    }
    return Object.fromEntries(folded);
  };
}

/** `null`, absent and `[]` are the same list. Inside a `wireObject`. */
export const wireList = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);

/** Absent is the empty text. */
export const wireText = z.string().default('');

/** Why somebody does something: blanks alone say nothing. */
export const wireReason = z.string().trim().default('');

/** What answers leave out when there is nothing to say. */
export const wireTextIfAny = z
  .string()
  .optional()
  .transform((text) => text ?? '');
export const wireIfAny = <Schema extends z.ZodType>(schema: Schema) =>
  schema.optional().transform((value) => value ?? null);
export const wireListIfAny = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .optional()
    .transform((list) => list ?? []);

const time = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context): number | null => {
    const parsed = parseTime(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error });
    return z.NEVER;
  });

/** Absent, `null` and the unset time are all "no time". */
export const wireTimeOrNull = time.nullable().default(null);

/** A time that every record has. */
export const wireTime = time.transform((atMs, context): number => {
  if (atMs !== null) return atMs;
  context.addIssue({ code: 'custom', message: 'must be set' });
  return z.NEVER;
});

/** An id that may be missing: absent or empty is `null`. */
export const wireIdOrNull = <Id extends z.ZodType<string, string>>(id: Id) =>
  z
    .string()
    .default('')
    .transform((text) => (text === '' ? null : text))
    .pipe(id.nullable());
