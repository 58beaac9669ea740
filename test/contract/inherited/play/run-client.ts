import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ClientRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClientCall {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

const BIN = join(import.meta.dirname, '../../../../bin/orchestratorctl.cjs');

/** The built command line under its inherited name, as a process of its own that knows nothing but the daemon's address. */
export async function runClient({ argv, cwd, env, stdin = '' }: ClientCall): Promise<ClientRun> {
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  // A command that does not read its standard input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [exit]: (number | null)[] = await once(child, 'close');
  return { exit: exit ?? null, ...written };
}
