import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Route = z.object({
  method: z.string(),
  /** As the server knows it, with its parameters: `/api/v1/runs/:id`. */
  url: z.string(),
  bodyLimit: z.number(),
  readsBody: z.boolean(),
  /** False: the path is known, and this method of it is refused or answered by habit. */
  isServed: z.boolean(),
});
export type Route = z.infer<typeof Route>;

/** What the running daemon has told of itself. */
export const readRoutes = (file: string): readonly Route[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Route.parse(JSON.parse(line)));

/** What stands for the parameter of a path: the one that follows `steps` names a step. */
export type Names = Readonly<Record<string, string>>;

export const hasParameter = ({ url }: Route): boolean => /[:*]/.test(url);

/** The path with its parameters filled in by what stands before them. */
export function pathOf({ url }: Route, nameOf: (kind: string) => string): string {
  const segments = url.split('/');
  return segments
    .map((segment, index) => (/^[:*]/.test(segment) ? nameOf(segments[index - 1] ?? '') : segment))
    .join('/');
}
