/** One page of a list. `next` leads on from behind it; null: there is nothing more. */
export interface ListPage<Row, Cursor> {
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
}

export interface ListScan<Row, Cursor> {
  /** Rows in the order of the list, from behind a cursor on. */
  readonly read: (after: Cursor | undefined, limit: number) => readonly Row[];
  readonly cursorOf: (row: Row) => Cursor;
  readonly keeps: (row: Row) => boolean;
  /** Neither this row nor any behind it is wanted. */
  readonly isPast?: (row: Row) => boolean;
  readonly after: Cursor | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_ROWS = 200;
/** Who looks for something rare gets what was found so far, and the way on. */
const MAX_ROWS_SCANNED = 20_000;

/**
 * Picks rows out of a list without holding up anybody: chunk by chunk, others get a turn in between, and no further than
 * a limit. A page may therefore be short, or empty, and yet lead on. An aborted signal ends it.
 */
export async function scanList<Row, Cursor>(scan: ListScan<Row, Cursor>): Promise<ListPage<Row, Cursor>> {
  const { read, cursorOf, keeps, isPast, limit, signal } = scan;
  const rows: Row[] = [];
  let cursor = scan.after;
  for (let scanned = 0; scanned < MAX_ROWS_SCANNED && signal?.aborted !== true; scanned += CHUNK_ROWS) {
    const chunk = read(cursor, CHUNK_ROWS);
    for (const row of chunk) {
      if (isPast?.(row) === true) return { rows, next: null };
      if (keeps(row)) {
        if (rows.length === limit) return { rows, next: cursor ?? null };
        rows.push(row);
      }
      cursor = cursorOf(row);
    }
    if (chunk.length < CHUNK_ROWS) return { rows, next: null };
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rows, next: cursor ?? null };
}
