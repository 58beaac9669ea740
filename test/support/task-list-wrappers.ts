import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../resources/automation');

/** One of the four that hand lists of tasks over. */
export interface Wrapper {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

export interface WrapperRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a program is, by the caller's PATH; null when it is nowhere. Asks Python itself: what is on PATH may be a shim. */
function find(program: string, ...args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null; // not on this machine
  }
}

/** Those that this machine can run. Node is always there; a shell everywhere but on Windows. */
export function findWrappers(): readonly Wrapper[] {
  const python = find('python3', '-c', 'import sys; print(sys.executable)');
  const pwsh = find('pwsh', '-NoProfile', '-Command', '(Get-Process -Id $PID).Path');
  const dash = find('sh', '-c', 'command -v dash') ?? 'sh';
  return [
    { name: 'run-tasks.sh', command: [dash, join(FOLDER, 'run-tasks.sh')] },
    { name: 'run-tasks.mjs', command: [process.execPath, join(FOLDER, 'run-tasks.mjs')] },
    ...(python === null ? [] : [{ name: 'run-tasks.py', command: [python, join(FOLDER, 'run-tasks.py')] } as const]),
    ...(pwsh === null
      ? []
      : [{ name: 'run-tasks.ps1', command: [pwsh, '-NoProfile', '-File', join(FOLDER, 'run-tasks.ps1')] } as const]),
  ];
}

/** All that a wrapper may need of a machine; `jq` above all is not among it. */
const PROGRAMS = ['env', 'cat', 'dirname', 'mkdir', 'sed', 'awk', 'grep', 'git'];

/** A folder for PATH that holds these programs and Node, and nothing else. */
export function makeBareBin(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const name of PROGRAMS) {
    const path = find('sh', '-c', `command -v ${name}`);
    if (path === null) throw new Error(`this machine has no ${name}`);
    symlinkSync(path, join(bin, name));
  }
  return bin;
}

export function runWrapper(
  { command: [file, ...before] }: Wrapper,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<WrapperRun> {
  return new Promise((resolve) => {
    const child = execFile(file, [...before, ...args], { cwd, env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}
