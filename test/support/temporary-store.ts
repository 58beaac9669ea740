import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';

import type { SlowCommit } from '../../main/daemon/store/create-store.ts';
import { openStore } from '../../main/daemon/store/open-store.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { AT_MS, phase, run } from './sample-records.ts';
import { successOf } from './success-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TemporaryStore {
  readonly store: Store;
  readonly path: string;
  /** A second, plain connection to the same file: for looking past the store, and for damaging rows. */
  readonly raw: () => Database.Database;
  readonly reopen: () => Store;
}

interface Listeners {
  readonly onSlow?: (slow: SlowCommit) => void;
  readonly onListenerError?: (error: unknown) => void;
}

/** A store in a folder of the test's own; its clock advances by one with each reading. */
export function temporaryStore(listeners: Listeners = {}): TemporaryStore {
  const path = join(temporaryFolder(), 'record.sqlite');
  let nowMs = AT_MS;
  const open = (): Store => {
    const store = successOf(openStore({ path, clock: () => nowMs++, ...listeners }));
    onTestFinished(() => store.close());
    return store;
  };
  return { store: open(), path, raw: () => rawDatabase(path), reopen: open };
}

/** A connection that lets a test break what the schema protects. */
export function rawDatabase(path: string): Database.Database {
  const db = new Database(path);
  onTestFinished(() => void db.close());
  db.pragma('ignore_check_constraints = ON');
  db.pragma('foreign_keys = OFF');
  return db;
}

/** The run and phase that the sample records belong to. */
export function insertRun(store: Store, runId = 'http1'): void {
  store.runs.insert(run({ id: runId }));
  store.phases.insert(phase({ id: `phase-execution-${runId}`, runId }));
}
