import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Owns the temporary folders and the processes of one row, and takes them away again. */
export interface Workshop extends AsyncDisposable {
  /** A fresh folder. */
  folder(name: string): string;
  /** A child that is ended with the workshop at the latest. */
  start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Runs before everything that was made earlier is taken away. */
  defer(undo: () => Promise<void> | void): void;
}

/** How long a daemon may take to end what it runs. */
const GRACE_MS = 35_000;

export function openWorkshop(): Workshop {
  const stack = new AsyncDisposableStack();
  return {
    folder(name) {
      const path = mkdtempSync(join(tmpdir(), `codencer-bench-${name}-`));
      stack.defer(() => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
      return path;
    },
    start(program, args, options) {
      const child = spawn(program, args, options);
      stack.defer(() => endChild(child));
      return child;
    },
    defer: (undo) => stack.defer(undo),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Asks a child to end, waits, and forces it when it does not. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = new AbortController();
  const isOver = await Promise.race([
    exited.then(() => true),
    sleep(GRACE_MS, false, { signal: limit.signal }).catch(() => true), // aborted only after the exit
  ]);
  limit.abort();
  if (isOver) return;
  child.kill('SIGKILL');
  await exited;
}
