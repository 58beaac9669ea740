import Database from 'better-sqlite3';

/** The disk has no room for a change of the record. The transaction was undone; the same call may succeed later. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';

  constructor(cause: unknown) {
    super('The disk is full: the change was not recorded. Free some space and try again.', { cause });
  }
}

export const asStorageError = (error: unknown): unknown =>
  sqliteCode(error) === 'SQLITE_FULL' ? new StorageFull(error) : error;

/** SQLite's extended result code, such as `SQLITE_BUSY`; null for every other error. */
export const sqliteCode = (error: unknown): string | null =>
  error instanceof Database.SqliteError ? error.code : null;
