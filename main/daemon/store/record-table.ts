import { type Column, type SqlValue, toSqlValue } from './columns.ts';
import { createSelections, type Selection } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface RecordTable<Fields> {
  readonly insert: (record: Fields) => void;
  /** Writes every field that may change. Throws when there is no such row. */
  readonly save: (record: Fields) => void;
  /** Like `save`, for a row that also meets the condition. The statement answers whether there was one. */
  readonly saveIf: (condition: string) => (record: Fields) => boolean;
  /** Rows as records. `tail` is what follows FROM; its statement is prepared once. */
  readonly select: (tail: string) => Selection<Fields>;
}

export function createRecordTable<Fields extends object>(
  parts: StoreParts,
  shape: TableShape<Fields>,
): RecordTable<Fields> {
  const { db, transaction } = parts;
  const text = statementTexts(shape);

  function saveIf(condition: string): (record: Fields) => boolean {
    const update = db.prepare<[Record<string, SqlValue>]>(`${text.update} AND ${condition}`);
    return (record) => transaction(() => update.run(toRow(shape, record)).changes === 1);
  }
  const insert = db.prepare<[Record<string, SqlValue>]>(text.insert);
  const saveByKey = saveIf('true');

  return {
    insert: (record) => transaction(() => void insert.run(toRow(shape, record))),
    save(record) {
      if (saveByKey(record)) return;
      throw new Error(`${shape.table}: there is no row ${shape.key.map((field) => String(record[field])).join('/')}`);
    },
    saveIf,
    select: createSelections(parts, shape),
  };
}

function statementTexts<Fields extends object>({ table, columns, key, fixed }: TableShape<Fields>) {
  const names = columnsOf(columns).map(([, { name }]) => name);
  const writtenOnce = new Set([...key, ...fixed].map((field) => columns[field].name));
  const assigned = names.filter((name) => !writtenOnce.has(name)).map((name) => `${name} = @${name}`);
  const keyMatches = key.map((field) => `${columns[field].name} = @${columns[field].name}`);
  return {
    insert: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    update: `UPDATE ${table} SET ${assigned.join(', ')} WHERE ${keyMatches.join(' AND ')}`,
  };
}

function toRow<Fields extends object>({ columns }: TableShape<Fields>, record: Fields): Record<string, SqlValue> {
  const cells = columnsOf(columns).map(([field, column]) => [
    column.name,
    toSqlValue(column, Reflect.get(record, field)),
  ]);
  return Object.fromEntries(cells);
}

const columnsOf = (columns: object): readonly (readonly [string, Column])[] => Object.entries<Column>({ ...columns });
