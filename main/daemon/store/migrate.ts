import type { Database } from 'better-sqlite3';

import type { Migration } from './migrations/migration.ts';

/** Marks the file as ours, for `file` and for ourselves: "Cdnc". */
export const APPLICATION_ID = 0x43646e63;

/**
 * Brings the schema up to the newest version, each migration in a transaction of its own. Foreign keys are checked at
 * the end of each instead of during it, so that a migration can rebuild a table.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const version = versionOf(db);
  const missing = migrations.filter((migration) => migration.version > version);
  if (missing.length === 0) return;
  db.pragma('foreign_keys = OFF');
  for (const migration of missing) apply(db, migration);
  db.pragma('foreign_keys = ON');
}

function apply(db: Database, { version, sql }: Migration): void {
  db.transaction(() => {
    db.exec(sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${version}`);
    const broken = db.prepare('PRAGMA foreign_key_check').all();
    if (broken.length > 0) throw new Error(`migration ${version} leaves ${broken.length} references without a target`);
  }).immediate();
}

export function versionOf(db: Database): number {
  const version: unknown = db.pragma('user_version', { simple: true });
  if (typeof version !== 'number') throw new Error('SQLite did not say the version of the schema');
  return version;
}
