/** Texts with `{name}` in them, filled from what is known by now; a name that nobody knows stays as it is. */
export function fill<T>(value: T, known: Readonly<Record<string, string>>): T;
export function fill(value: unknown, known: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
  if (value instanceof RegExp || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, known));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fill(key, known), fill(item, known)]));
}
