import { type Column, fromSqlValue, type SqlValue } from './columns.ts';
import type { RowSchema, StoreParts, TableShape } from './table-shape.ts';

/**
 * The end of a tail for `page`. SQLite looks at the value of a bare `LIMIT ?` to plan with it, and so plans again at each
 * call, which costs more than the query; it does not look into an expression.
 */
export const LIMIT = 'LIMIT ? + 0';

/** A row that does not read as a record is quarantined and left out. */
export interface Selection<Fields> {
  one(...params: readonly SqlValue[]): Fields | null;
  all(...params: readonly SqlValue[]): readonly Fields[];
  /** For a tail that ends in `LIMIT`: unreadable rows do not make the page shorter. */
  page(limit: number, ...params: readonly SqlValue[]): readonly Fields[];
}

/** The statement of each tail is prepared once. */
export function createSelections<Fields extends object>(
  parts: Pick<StoreParts, 'db' | 'quarantine'>,
  shape: TableShape<Fields>,
): (tail: string) => Selection<Fields> {
  const selections = new Map<string, Selection<Fields>>();
  return (tail) => {
    const selection = selections.get(tail) ?? createSelection(parts, shape, tail);
    selections.set(tail, selection);
    return selection;
  };
}

type Row = Record<string, unknown>;
type FieldColumn = readonly [field: string, column: Column];

export function createSelection<Fields extends object>(
  { db, quarantine }: Pick<StoreParts, 'db' | 'quarantine'>,
  { table, columns, key, schema }: TableShape<Fields>,
  tail: string,
): Selection<Fields> {
  const fields: readonly FieldColumn[] = Object.entries<Column>({ ...columns });
  const converted = fields.filter(([, column]) => column.kind !== 'plain');
  const selected = fields.map(([field, { name }]) => `${table}.${name} AS "${field}"`);
  const statement = db.prepare<SqlValue[], Row>(`SELECT ${selected.join(', ')} FROM ${table} ${tail}`);

  function read(row: Row): Fields | null {
    const reading = readRow(row, { converted, schema });
    if ('record' in reading) return reading.record;
    const keyCells = key.map((field) => [columns[field].name, toKeyValue(row[field])]);
    quarantine.add({ table, key: Object.fromEntries(keyCells), reason: reading.reason });
    return null;
  }
  const readAll = (rows: readonly Row[]): readonly Fields[] => rows.map(read).filter((record) => record !== null);

  return {
    one(...params) {
      const row = statement.get(...params);
      return row === undefined ? null : read(row);
    },
    all: (...params) => readAll(statement.all(...params)),
    page(limit, ...params) {
      for (let reach = limit; ; ) {
        const rows = statement.all(...params, reach);
        const records = readAll(rows);
        if (records.length >= limit || rows.length < reach) return records.slice(0, limit);
        reach = limit + rows.length - records.length;
      }
    },
  };
}

/** Converts cells in place: the row was made for this reading alone. */
function readRow<Fields>(
  row: Row,
  { converted, schema }: { readonly converted: readonly FieldColumn[]; readonly schema: RowSchema<Fields> },
): { readonly record: Fields } | { readonly reason: string } {
  try {
    for (const [field, column] of converted) row[field] = fromSqlValue(column, row[field]);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { reason: error.message };
  }
  const parsed = schema.safeParse(row);
  if (parsed.success) return { record: parsed.data };
  return {
    reason: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '),
  };
}

const toKeyValue = (value: unknown): SqlValue =>
  typeof value === 'string' || typeof value === 'number' ? value : null;
