import type { TimeCursor } from './list-filters.ts';

interface Wanted<State> {
  /** Undefined: every one. */
  readonly states: readonly State[] | undefined;
  readonly limit: number;
}

/**
 * One list, newest first, of the rows in any of several states. Each state is read in the order of its index: a query for
 * several would have to sort all that it finds.
 */
export function newestOfStates<State, Row extends TimeCursor<string>>(
  { states, limit }: Wanted<State>,
  read: (state: State | undefined) => readonly Row[],
): readonly Row[] {
  const [only, ...more] = new Set(states ?? [undefined]);
  if (more.length === 0) return read(only);
  return [only, ...more].flatMap(read).toSorted(isNewer).slice(0, limit);
}

function isNewer(one: TimeCursor<string>, other: TimeCursor<string>): number {
  if (one.createdAtMs !== other.createdAtMs) return other.createdAtMs - one.createdAtMs;
  return one.id < other.id ? 1 : -1;
}
