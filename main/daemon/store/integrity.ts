import type { Database } from 'better-sqlite3';

import { detailOf, kindOf } from './open-error.ts';

export interface IntegrityReport {
  readonly ok: boolean;
  /** SQLite's own words, at most a hundred lines. */
  readonly problems: readonly string[];
}

/** Reads the whole file: about a second for a gigabyte that is in memory already. */
export const checkIntegrity = (db: Database): IntegrityReport => reportOf(db, 'PRAGMA quick_check');

/** The same for one table and its indexes. */
export const checkTable = (db: Database, table: string): IntegrityReport =>
  reportOf(db, `PRAGMA quick_check(${table})`);

/** Some damage keeps SQLite from checking at all: its error is the problem then. */
function reportOf(db: Database, pragma: string): IntegrityReport {
  try {
    const lines = db.prepare<[], string>(pragma).pluck().all();
    const ok = lines.length === 1 && lines[0] === 'ok';
    return { ok, problems: ok ? [] : lines };
  } catch (error) {
    if (kindOf(error) !== 'corrupt') throw error;
    return { ok: false, problems: [detailOf(error)] };
  }
}
