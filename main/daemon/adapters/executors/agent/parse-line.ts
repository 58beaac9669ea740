import type { z } from 'zod';

/** What a line says in JSON, which everybody who reads it has to check; null: it is prose, or cut off. It stays in the log. */
export function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // programs print other things, too
  }
}

/** Null for what is no JSON or of no shape that is known: a vendor may write more than we know of. */
export const parseLine = <Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema> | null =>
  schema.safeParse(readJson(line)).data ?? null;
