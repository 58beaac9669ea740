/** One step of the record's schema. A migration that has been released never changes: the next one builds on it. */
export interface Migration {
  /** 1, 2, 3 …: what `PRAGMA user_version` says afterwards. */
  readonly version: number;
  readonly sql: string;
}
