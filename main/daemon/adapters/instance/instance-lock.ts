import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import type { FileProblem } from '../files/file-problem.ts';
import { isProcessThere, processStartOf } from './process-start.ts';

export interface InstanceLock {
  /** Tells a second daemon who has the repository; `baseUrl` is null until there is an address. */
  announce(baseUrl: string | null): Promise<Result<void, FileProblem>>;
  /** Gives the repository free. The end of the process does so too, however it comes. */
  release(): void;
}

export interface LockHolder {
  readonly pid: number;
  readonly baseUrl: string | null;
}

export type LockProblem =
  | { readonly kind: 'held'; readonly holder: LockHolder | null; readonly sentence: string }
  | { readonly kind: 'unusable'; readonly sentence: string; readonly cause: unknown };

/** In the state folder. */
export const LOCK_FILE = 'instance.lock';

/**
 * Takes a repository for this process. The lock is SQLite's exclusive lock on a file of its own: the kernel holds it
 * and drops it when the process ends, no child inherits it, and it works alike on Linux, macOS and Windows. Nothing else
 * in this process may open that file: closing any descriptor of it would drop the lock (fcntl(2)).
 */
export function takeInstanceLock(stateDir: string): Result<InstanceLock, LockProblem> {
  const path = join(stateDir, LOCK_FILE);
  const holderPath = `${path}.json`;
  const locked = lockFile(path);
  if (!locked.ok) return err(locked.error === null ? heldBy(readHolder(holderPath)) : unusable(path, locked.error));
  const database = locked.value;
  return ok({
    announce: (baseUrl) => {
      const holder = { pid: process.pid, process_start: processStartOf(process.pid), base_url: baseUrl };
      return writeAtomically({ path: holderPath, data: `${JSON.stringify(holder)}\n`, mode: 0o600 });
    },
    release() {
      rmSync(holderPath, { force: true });
      database.close();
    },
  });
}

/** The error is null when somebody else has the lock. */
function lockFile(path: string): Result<Database.Database, unknown> {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return ok(database);
  } catch (error) {
    database?.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    return err(error.code.startsWith('SQLITE_BUSY') || error.code === 'SQLITE_LOCKED' ? null : error);
  }
}

/** Whoever is written beside the lock, unless that process is gone: then the holder has not yet said who it is. */
function readHolder(path: string): LockHolder | null {
  try {
    if (!statSync(path).isFile()) return null;
    const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof written !== 'object' || written === null || !('pid' in written)) return null;
    const { pid } = written;
    const start = textOf(written, 'process_start');
    if (typeof pid !== 'number' || !isProcessThere(pid, start)) return null;
    return { pid, baseUrl: textOf(written, 'base_url') };
  } catch {
    return null; // missing or damaged: it is only there for the message
  }
}

const textOf = (record: object, key: string): string | null => {
  const value: unknown = Object.entries(record).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : null;
};

function heldBy(holder: LockHolder | null): LockProblem {
  if (holder === null) {
    return { kind: 'held', holder, sentence: 'another daemon is just starting or stopping for this repository' };
  }
  const address = holder.baseUrl === null ? 'which is starting' : `at ${holder.baseUrl}`;
  return { kind: 'held', holder, sentence: `this repository already has a daemon: process ${holder.pid} ${address}` };
}

const unusable = (path: string, cause: unknown): LockProblem => ({
  kind: 'unusable',
  sentence: `cannot lock ${JSON.stringify(path)}: ${cause instanceof Error ? cause.message : 'unknown cause'}; make sure that no daemon of this repository runs, then delete that file`,
  cause,
});
