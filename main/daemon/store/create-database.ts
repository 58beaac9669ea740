import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

import { configure } from './configure.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * Makes a record with the newest schema under another name and then renames it: at `path` there is a whole record or
 * none, never an empty file that a crash has left. Only its owner may read it.
 */
export function createDatabase(path: string, migrations: readonly Migration[]): void {
  const draft = `${path}.new`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
  closeSync(openSync(draft, 'wx', 0o600));
  const db = new Database(draft);
  try {
    configure(db);
    migrate(db, migrations);
  } finally {
    db.close();
  }
  renameSync(draft, path);
}
