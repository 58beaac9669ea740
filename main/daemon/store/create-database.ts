import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
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
  if (process.platform !== 'win32') syncFolder(dirname(path));
}

/** A new name is on the disk when its folder is. Windows has no handle of a folder to sync, and needs none. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
