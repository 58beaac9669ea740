import { join } from 'node:path';
import Database from 'better-sqlite3';

/** As many commits as a plain step's way may have. */
export const COMMITS_PER_STEP = 6;

/** What a row and its event weigh in the record, about. */
const ROW = 'x'.repeat(1200);

export interface CommitFloor extends Disposable {
  /** One commit that is on disk when this returns. */
  commit(): void;
}

/** The least that a record costs: one insert a commit, synced as the product syncs its own. */
export function openCommitFloor(folder: string): CommitFloor {
  const db = new Database(join(folder, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO rows (body) VALUES (?)');
  return {
    commit: () => void insert.run(ROW),
    [Symbol.dispose]: () => void db.close(),
  };
}
