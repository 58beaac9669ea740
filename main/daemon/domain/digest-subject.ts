/**
 * The text whose SHA-256 a gate is bound to: JSON with sorted keys, so that the same subject always has the same
 * digest. Hashing itself is an adapter's work.
 */
export function subjectText(subject: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(sorted(subject));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
