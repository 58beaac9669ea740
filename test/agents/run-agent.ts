import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface AgentCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** It is killed then. */
  readonly timeoutMs: number;
}

export interface AgentEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was killed for taking too long. */
  readonly isTimedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an agent to its end, with nothing on its stdin: two of them wait for ever for the end of an open pipe. */
export async function runAgent({ program, args, cwd, env, timeoutMs }: AgentCommand): Promise<AgentEnd> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  await ended(child);
  clearTimeout(timer);
  const { exitCode, signalCode } = child;
  return { exitCode, signal: signalCode, isTimedOut, stdout: stdout(), stderr: stderr() };
}

async function ended(child: ChildProcess): Promise<void> {
  await Promise.race([once(child, 'close'), once(child, 'error').then(([error]) => Promise.reject(error))]);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
