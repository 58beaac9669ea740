import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

import type { SqlValue } from './columns.ts';
import type { EventLog } from './event-log.ts';
import type { Transaction } from './transaction.ts';

export interface UnreadableRow {
  readonly table: string;
  /** Key columns with their values: what finds the row. */
  readonly key: Readonly<Record<string, SqlValue>>;
  /** What is wrong with it, without repeating its content. */
  readonly reason: string;
}

export interface QuarantinedRow {
  readonly table: string;
  readonly key: string;
  readonly json: string;
  readonly reason: string;
  readonly atMs: number;
}

export interface Quarantine {
  /** Keeps a copy of the row as evidence and tells of it, once for the same content. */
  readonly add: (row: UnreadableRow) => void;
  readonly list: (limit: number) => readonly QuarantinedRow[];
  readonly count: () => number;
}

interface Parts {
  readonly db: Database;
  readonly log: EventLog;
  readonly transaction: Transaction;
  readonly clock: () => number;
}

interface Evidence extends QuarantinedRow {
  readonly sha256: string;
}

export function createQuarantine({ db, log, transaction, clock }: Parts): Quarantine {
  const isKnown = db
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM quarantined_rows WHERE table_name = ? AND row_key = ? AND row_sha256 = ?',
    )
    .pluck();
  const insert = db.prepare<[Evidence]>(`
    INSERT INTO quarantined_rows (table_name, row_key, row_sha256, row_json, reason, quarantined_at_ms)
    VALUES (@table, @key, @sha256, @json, @reason, @atMs)`);
  const newest = db.prepare<[number], QuarantinedRow>(`
    SELECT table_name AS "table", row_key AS "key", row_json AS json, reason, quarantined_at_ms AS atMs
    FROM quarantined_rows ORDER BY id DESC LIMIT ?`);

  const count = db.prepare<[], number>('SELECT count(*) FROM quarantined_rows').pluck();

  function record({ table, key, reason }: UnreadableRow): void {
    const json = readWhole(db, table, key);
    const rowKey = Object.values(key).join('/');
    const sha256 = hash('sha256', json, 'hex');
    if (isKnown.get(table, rowKey, sha256) !== undefined) return;
    transaction(() => {
      insert.run({ table, key: rowKey, sha256, json, reason, atMs: clock() });
      log.append({ type: 'record.quarantined', actor: 'daemon', payload: { table, key: rowKey, reason } });
    });
  }

  return {
    add(row) {
      if (db.inTransaction) return record(row);
      try {
        record(row);
      } catch {
        // A full or locked disk must not turn a read into a failure: the row stays and the next read tries again.
      }
    },
    list: (limit) => newest.all(limit),
    count: () => count.get() ?? 0,
  };
}

/** The row in the database's own words. Integers that JavaScript cannot hold become text. */
function readWhole(db: Database, table: string, key: UnreadableRow['key']): string {
  const condition = Object.keys(key).map((column) => `${column} = @${column}`);
  const statement = db.prepare<[UnreadableRow['key']]>(`SELECT * FROM ${table} WHERE ${condition.join(' AND ')}`);
  return JSON.stringify(statement.safeIntegers().get(key) ?? null, (_, value: unknown) => {
    if (typeof value !== 'bigint') return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  });
}
