import type { Database } from 'better-sqlite3';

import { asStorageError } from './storage-full.ts';

/** Runs `work` in a transaction and answers what it answers. See SPEC.md, TXN. */
export type Transaction = <T>(work: () => T) => T;

export interface TransactionHooks {
  readonly onCommitted: (durationMs: number) => void;
  readonly onRolledBack: () => void;
}

export function createTransaction(db: Database, hooks: TransactionHooks): Transaction {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const joinedFailures: unknown[] = [];

  function join<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      joinedFailures.push(cause);
      throw cause;
    }
  }

  function workAndCommit<T>(work: () => T): T {
    joinedFailures.length = 0;
    begin.run();
    const value = work();
    if (value instanceof Promise) throw new TypeError('a transaction cannot wait: its work returned a promise');
    if (joinedFailures.length > 0) throw joinedFailures[0];
    commit.run();
    return value;
  }

  /** SQLite has rolled back by itself after some errors, a full disk among them. */
  function undo(): void {
    if (db.inTransaction) rollback.run();
    hooks.onRolledBack();
  }

  return (work) => {
    if (db.inTransaction) return join(work);
    const startedAtMs = performance.now();
    let value: ReturnType<typeof work>;
    try {
      value = workAndCommit(work);
    } catch (cause) {
      undo();
      throw asStorageError(cause);
    }
    hooks.onCommitted(performance.now() - startedAtMs);
    return value;
  };
}
