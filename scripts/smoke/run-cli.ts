import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../bin/codencer.cjs');
/** A busy daemon takes its time; one that takes this long is stuck. */
const LIMIT_MS = 180_000;

export interface Reply {
  readonly exitCode: number;
  /** What it printed with `--json`; empty when that was no object. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

export interface CliCall {
  readonly args: readonly string[];
  readonly stdin: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Runs one command of the command line. It never rejects: what went wrong is in the reply. */
export async function runCli({ args, stdin, cwd, env, signal }: CliCall): Promise<Reply> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, signal: limit });
  const { promise, resolve } = Promise.withResolvers<number>();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.on('error', (error) => {
    stderr += error.name === 'AbortError' && !signal.aborted ? `no end after ${LIMIT_MS / 1000} s` : error.message;
  });
  child.on('close', (code) => resolve(code ?? -1));
  child.stdin.on('error', () => {}); // it ended without reading: its exit code and stderr say why
  child.stdin.end(stdin);
  return { exitCode: await promise, json: parseObject(stdout), stderr };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {}; // not JSON: whoever wanted a key of it finds none and says so
  }
}

/** A text in what it printed; empty when there is none. */
export function textAt({ json }: Reply, key: string): string {
  const value = json[key];
  return typeof value === 'string' ? value : '';
}

/** Why it failed, in its own words. */
export const sayingOf = (reply: Reply): string =>
  textAt(reply, 'message') || textAt(reply, 'error') || reply.stderr.trim();
