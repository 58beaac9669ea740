import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { BUILT_CLI } from './built-programs.ts';

export interface SpawnOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly nodeArgs?: readonly string[];
  /** What Node is started with; what is built unless told. */
  readonly entry?: string;
}

export interface SpawnedCli {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it has ended and its output was read. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
}

/** The command line as a process of its own, as it is built; ends with the test. */
export function spawnCli(
  args: readonly string[],
  { env = {}, cwd = '/', nodeArgs = [], entry = BUILT_CLI }: SpawnOptions = {},
): SpawnedCli {
  const child = spawn(process.execPath, [...nodeArgs, entry, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  const ended = once(child, 'close').then(([exitCode, signal]) => ({ exitCode, signal }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, stdout: () => written.stdout, stderr: () => written.stderr, ended };
}
