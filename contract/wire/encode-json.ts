/** One JSON body as inherited clients know it: compact, keys in the order in which they were written, one newline at the end. */
export const encodeJson = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** Inherited lists say `null` when nothing is in them. */
export const listOrNull = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);

/** Keys that inherited answers leave out when empty. */
export const textOrAbsent = (text: string | null): string | undefined =>
  text === null || text === '' ? undefined : text;

export const listOrAbsent = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** A map with its keys in byte order, as the inherited server writes them; any key is safe, `__proto__` too. */
export const sortedMap = <T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> =>
  Object.fromEntries([...entries].toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
