import { statSync } from 'node:fs';
import Database from 'better-sqlite3';

import { assertNever, err, ok, type Result } from '../../../contract/result.ts';
import { configure } from './configure.ts';
import { createDatabase } from './create-database.ts';
import { createStore, type StoreOptions } from './create-store.ts';
import { FULL_CHECK_BYTES, inspectFile } from './inspect-file.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import { detailOf, kindOf, type StoreOpenError, sentenceOf } from './open-error.ts';
import { noteOrderlyClose } from './orderly-close.ts';
import { preserveDamaged } from './preserve-damaged.ts';
import type { Store } from './store.ts';

const BUSY_TIMEOUT_MS = 5000;

export interface OpenOptions extends StoreOptions {
  readonly path: string;
  /** How long a call waits for another program that holds the file. */
  readonly busyTimeoutMs?: number;
  /** Up to this size a record is always read through. By default 64 MB; tests pass less. */
  readonly fullCheckBytes?: number;
  /** By default those of this version; tests pass others. */
  readonly migrations?: readonly Migration[];
}

/** Opens the record at `path`, makes it when there is none, and brings an older one up to date. See SPEC.md, OPN. */
export function openStore(options: OpenOptions): Result<Store, StoreOpenError> {
  try {
    return openInspected(options);
  } catch (cause) {
    const code = kindOf(cause);
    if (code === null) throw cause;
    if (code === 'corrupt') return err(damaged(options.path, cause));
    return err({
      code,
      message: `${sentenceOf(code, options.path)} (${detailOf(cause)})`,
      path: options.path,
      copyPath: null,
      cause,
    });
  }
}

function openInspected(options: OpenOptions): Result<Store, StoreOpenError> {
  const { path, busyTimeoutMs = BUSY_TIMEOUT_MS, migrations = MIGRATIONS } = options;
  const { fullCheckBytes = FULL_CHECK_BYTES } = options;
  const findings = inspectFile({ path, newestVersion: migrations.length, busyTimeoutMs, fullCheckBytes });
  switch (findings.kind) {
    case 'newer':
      return err(newer(path, { found: findings.version, known: migrations.length }));
    case 'damaged':
      return err(damaged(path, new Error(findings.detail)));
    case 'absent':
      createDatabase(path, migrations);
      break;
    case 'whole':
      break;
    default:
      assertNever(findings);
  }
  const db = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs });
  return ok(notingClose(storeOver(db, { ...options, migrations }), { path, fullCheckBytes }));
}

/** What is read through at each start in any case needs no note. */
const notingClose = (
  store: Store,
  { path, fullCheckBytes }: Required<Pick<OpenOptions, 'path' | 'fullCheckBytes'>>,
) => ({
  ...store,
  close() {
    store.close();
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (sizeBytes > fullCheckBytes) noteOrderlyClose(path);
  },
});

function storeOver(db: Database.Database, { migrations, ...options }: Migrating): Store {
  try {
    configure(db);
    migrate(db, migrations);
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    return createStore(db, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

type Migrating = StoreOptions & { readonly migrations: readonly Migration[] };

function newer(path: string, { found, known }: { readonly found: number; readonly known: number }): StoreOpenError {
  const message =
    `The record ${path} was written by a newer version of Codencer (its schema is version ${found}, ` +
    `this program knows version ${known} and older): update Codencer to open it.`;
  return { code: 'newer_version', message, path, copyPath: null, cause: null };
}

function damaged(path: string, cause: unknown): StoreOpenError {
  const copy = preserveDamaged(path);
  const kept = copy.ok ? `a copy is at ${copy.value}` : `copying it failed (${detailOf(copy.error)})`;
  const message =
    `The record ${path} is damaged (${detailOf(cause)}). It was left as it is; ${kept}. Put a backup in its place, ` +
    `or what \`sqlite3 <copy> .recover\` can read of it; or move it away to begin a new record: worktrees, artifacts ` +
    `and salvage refs stay where they are.`;
  return { code: 'corrupt', message, path, copyPath: copy.ok ? copy.value : null, cause };
}
