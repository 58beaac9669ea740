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
  let isOpen = false;

  function join<T>(work: () => T): T {
    // SQLite has rolled back by itself: nothing more may be written as if the transaction went on.
    if (!db.inTransaction) throw joinedFailures[0] ?? new Error('the transaction has ended already');
    try {
      return work();
    } catch (cause) {
      joinedFailures.push(cause);
      throw cause;
    }
  }

  function workAndCommit<T>(work: () => T): T {
    begin.run();
    isOpen = true;
    const value = work();
    if (value instanceof Promise) throw new TypeError('a transaction cannot wait: its work returned a promise');
    if (joinedFailures.length > 0) throw joinedFailures[0];
    commit.run();
    return value;
  }

  /** A full disk, among other errors, makes SQLite roll back by itself. */
  function undo(): void {
    if (db.inTransaction) rollback.run();
    hooks.onRolledBack();
  }

  function begun<T>(work: () => T): T {
    try {
      return workAndCommit(work);
    } catch (cause) {
      undo();
      throw asStorageError(cause);
    } finally {
      isOpen = false;
      joinedFailures.length = 0;
    }
  }

  return (work) => {
    if (isOpen) return join(work);
    const startedAtMs = performance.now();
    const value = begun(work);
    hooks.onCommitted(performance.now() - startedAtMs);
    return value;
  };
}
