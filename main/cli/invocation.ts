import { readFileSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import type { CliContext, WorkOptions } from './cli-context.ts';
import { processKeyboard } from './keyboard.ts';
import { processTerminal } from './terminal.ts';

/** The context of this very process. The bins leave the name that was called in `argv[1]`. */
export function processContext(entryPath: string): CliContext {
  const isInheritedName = basename(process.argv[1] ?? '').replace(/\.c?js$/, '') === 'orchestratorctl';
  return {
    // Guidance for somebody who called `orchestratord` names the program that has the commands.
    programName: isInheritedName ? 'orchestratorctl' : 'codencer',
    entryPath,
    env: process.env,
    cwd: currentFolder(),
    terminal: processTerminal(),
    readStdin,
    confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : null,
    keyboard: process.stdin.isTTY ? processKeyboard : null,
    interruptible,
  };
}

/** A folder that was removed under the shell is no place: nothing is found from there, and nothing breaks. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return parse(process.execPath).root; // no such folder any more
  }
}

async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { clearsUp = false }: WorkOptions = {},
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const others = clearsUp ? ENDS_OF_OUR_USER : [];
  process.once('SIGINT', abort);
  for (const signal of others) process.on(signal, abort);
  if (clearsUp) process.on('SIGPIPE', abort);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', abort);
    for (const signal of others) process.off(signal, abort);
  }
}

/** A terminal that is closed, and whoever ends us, may say so more than once: the shell does, and the kernel. */
const ENDS_OF_OUR_USER = ['SIGHUP', 'SIGTERM'] as const;

/** The version of the package that the running entry belongs to: two folders up, for the bundle as for the source. */
export function readVersion(entryPath: string): string {
  const manifest: { readonly version?: unknown } = JSON.parse(
    readFileSync(join(dirname(entryPath), '../../package.json'), 'utf8'),
  );
  return typeof manifest.version === 'string' ? manifest.version : 'unknown';
}

/** On stderr, for stdout may go into a file. Anything but a yes, the end of the input too, is a no. */
async function confirm(question: string, signal?: AbortSignal): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  // While a line is typed the terminal sends a character instead of the signal.
  asking.once('SIGINT', () => {
    asking.close();
    process.stderr.write('\n');
    process.kill(process.pid, 'SIGINT');
  });
  const takeBack = (): void => {
    asking.close();
    process.stderr.write('\n');
  };
  signal?.addEventListener('abort', takeBack, { once: true });
  const answer = await Promise.race([asking.question(`${question} [y/N] `), closed]);
  signal?.removeEventListener('abort', takeBack);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
