/** Where a page of a newest-first list goes on: after this row. */
export interface PageStart<Id extends string> {
  readonly createdAtMs: number;
  readonly id: Id;
}

/** With `cursorOf` for parameters: a search in the index, also for the first page. */
export const BEFORE = '(created_at_ms, id) < (?, ?)';
export const NEWEST_FIRST = 'ORDER BY created_at_ms DESC, id DESC';

export const cursorOf = (before: PageStart<string> | undefined): readonly [number, string] =>
  before === undefined ? [Number.MAX_SAFE_INTEGER, ''] : [before.createdAtMs, before.id];
