import type { z } from 'zod';

/** Null for what is no JSON or of no shape that is known: a vendor may write more than we know of. */
export function parseLine<Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema> | null {
  if (!line.startsWith('{')) return null;
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null; // Cut off, or no JSON: it is in the log as it came.
  }
}
