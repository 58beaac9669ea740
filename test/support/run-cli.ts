import { join } from 'node:path';
import type { CliContext } from '../../main/cli/cli-context.ts';
import { runCommand } from '../../main/cli/run-command.ts';
import type { Screen } from '../../main/cli/terminal.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Ctrl-C. */
  readonly signal?: AbortSignal;
  readonly onStderr?: (text: string) => void;
  /** What stdout and stderr are shown on; without it they go into files. */
  readonly screen?: Screen;
  /** Somebody who answers; without it nobody is there. */
  readonly confirm?: (question: string, signal?: AbortSignal) => Promise<boolean>;
}

export const CLI_ENTRY = join(import.meta.dirname, '../../main/cli/main.ts');

export const NO_SCREEN: Screen = { size: () => null, hasColor: false };

/** A terminal of that many columns. */
export const screenOf = (columns: number, hasColor = false): Screen => ({
  size: () => ({ columns, rows: 24 }),
  hasColor,
});

/** A context whose terminal is caught. */
export function cliContext(options: CliOptions = {}) {
  const {
    env = {},
    cwd = '/',
    stdin = '',
    signal = new AbortController().signal,
    onStderr,
    screen = NO_SCREEN,
  } = options;
  const written = { stdout: '', stderr: '' };
  const context: CliContext = {
    programName: 'codencer',
    entryPath: CLI_ENTRY,
    env,
    cwd,
    terminal: {
      out: (text) => {
        written.stdout += text;
      },
      err: (text) => {
        written.stderr += text;
        onStderr?.(text);
      },
      outBytes: async (bytes) => {
        written.stdout += Buffer.from(bytes).toString('utf8');
      },
      outScreen: screen,
      errScreen: screen,
    },
    readStdin: async () => new TextEncoder().encode(stdin),
    confirm: options.confirm ?? null,
    keyboard: null,
    interruptible: (work) => work(signal),
  };
  return { context, written };
}

/** Runs one command in this process, with everything it writes caught. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { context, written } = cliContext(options);
  const exitCode = await runCommand(context, args);
  return { exitCode, ...written };
}

/** The same against a stub or a daemon at `url`. */
export const runCliAt = (url: string, args: readonly string[], options: CliOptions = {}): Promise<CliRun> =>
  runCli(args, { ...options, env: { ...options.env, ORCHESTRATORD_URL: url } });
