import type { Database } from 'better-sqlite3';

/** 8 MB of pages: the daemon's own memory is small, and the operating system caches the file as well. */
const CACHE_KIB = 8 * 1024;
/** What a burst of writes has blown up is cut back to this at the next checkpoint. */
const WAL_BYTES_KEPT = 16 * 1024 * 1024;

/** What each connection that writes must be told. FULL: a commit has reached the disk before anybody is told of it. */
export function configure(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
}
