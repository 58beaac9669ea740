import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { spawnTestDaemon } from '../../support/test-daemon.ts';

const InstanceFile = z.object({ base_url: z.string(), pid: z.number() });
const LONGEST_START_MS = 60_000;

/** How the start of a daemon went, seen from outside. */
export type StartOutcome =
  | { readonly kind: 'ready'; readonly baseUrl: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly exitCode: number; readonly sentence: string }
  | { readonly kind: 'killed' }
  | { readonly kind: 'late' };

export interface DaemonStart {
  readonly pid: number;
  readonly outcome: Promise<StartOutcome>;
  output(): string;
  isOver(): boolean;
  /** Resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** A daemon's process, and what becomes of its start. */
export function beginDaemon(repoRoot: string): DaemonStart {
  const begunAtMs = performance.now();
  const child = spawnTestDaemon({ repoRoot });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    isOver,
    output: () => text,
    outcome: Promise.race([
      ready(
        child,
        repoRoot,
        () => performance.now() - begunAtMs,
        () => text,
      ),
      closed.then(() => endOf(child, text)),
      sleep(LONGEST_START_MS, { kind: 'late' } as const, { ref: false }),
    ]),
    async end(signal) {
      if (!isOver()) child.kill(signal);
      await closed;
    },
  };
}

function ready(
  child: ChildProcess,
  repoRoot: string,
  elapsedMs: () => number,
  output: () => string,
): Promise<StartOutcome> {
  return new Promise((resolve) => {
    let isReady = false;
    child.stdout?.on('data', () => {
      if (isReady || !output().includes('"msg":"ready"')) return;
      isReady = true;
      const afterMs = elapsedMs();
      const text = readFileSync(join(repoRoot, '.codencer/instance.json'), 'utf8');
      resolve({ kind: 'ready', baseUrl: InstanceFile.parse(JSON.parse(text)).base_url, afterMs });
    });
  });
}

function endOf(child: ChildProcess, output: string): StartOutcome {
  if (child.exitCode === null) return { kind: 'killed' };
  const sentences = output.split('\n').filter((line) => line.startsWith('codencer: '));
  return { kind: 'refused', exitCode: child.exitCode, sentence: sentences.join('\n') };
}
