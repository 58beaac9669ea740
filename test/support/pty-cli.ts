import { type IPty, spawn } from 'node-pty';
import { onTestFinished } from 'vitest';
import { CLI_ENTRY } from './run-cli.ts';

export interface PtyOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

export interface PtyCli {
  /** Everything that was written to the terminal, by the program and by the terminal's echo. */
  readonly output: () => string;
  /** `\x03` is Ctrl-C. */
  readonly type: (keys: string) => void;
  readonly resize: IPty['resize'];
  readonly ended: Promise<number>;
}

/** The command line on a real pseudo-terminal, from the sources; ends with the test. */
export function startOnTerminal(args: readonly string[], { cwd, env = {}, columns = 100 }: PtyOptions): PtyCli {
  const terminal = spawn(process.execPath, [CLI_ENTRY, ...args], {
    cwd,
    cols: columns,
    rows: 30,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TERM: 'xterm-256color', ...env },
  });
  let output = '';
  terminal.onData((text) => {
    output += text;
  });
  let hasEnded = false;
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => {
      hasEnded = true;
      resolve(exitCode);
    });
  });
  onTestFinished(async () => {
    if (!hasEnded) terminal.kill('SIGKILL');
    await ended;
  });
  return {
    output: () => output,
    type: (keys) => terminal.write(keys),
    resize: (newColumns, rows) => terminal.resize(newColumns, rows),
    ended,
  };
}
