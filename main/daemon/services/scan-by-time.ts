import { formatCursor, type TimeCursor } from './list-filters.ts';
import { type ListPage, type ListScan, scanList } from './scan-list.ts';

/** `scanList` for rows in the order in which they were made, or the reverse. Where its page leads on to is a text. */
export async function scanByTime<Id extends string, Row extends TimeCursor<Id>>(
  scan: Omit<ListScan<Row, TimeCursor<Id>>, 'cursorOf'>,
): Promise<ListPage<Row, string>> {
  const { rows, next } = await scanList({ ...scan, cursorOf: ({ createdAtMs, id }: Row) => ({ createdAtMs, id }) });
  return { rows, next: next === null ? null : formatCursor(next) };
}
