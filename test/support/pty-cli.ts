import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { BUILT_CLI } from './built-programs.ts';

export interface PtyOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** A shell command on the same terminal when the program has ended, which is told with its exit code. */
  readonly after?: string;
}

export interface PtyCli {
  /** Everything that was written to the terminal, by the program and by the terminal's echo. */
  readonly output: () => string;
  /** `\x03` is Ctrl-C. */
  readonly type: (keys: string) => void;
  /** Closes the terminal, as who closes its window does; the program then goes on unseen. */
  readonly hangUp: () => void;
  readonly ended: Promise<number>;
}

/**
 * The command line on a real pseudo-terminal, as it is built; ends with the test. The terminal is made by util-linux'
 * `script`, which every Linux has, and not by node-pty, which is optional because it needs a compiler.
 */
export function startOnTerminal(args: readonly string[], { cwd, env = {}, columns = 100, after }: PtyOptions): PtyCli {
  const command = [process.execPath, BUILT_CLI, ...args].map(quoted).join(' ');
  const run = after === undefined ? `exec ${command}` : `{ ${command}; echo "left with $?"; ${after}; }`;
  const sized = `stty cols ${columns} rows 30 && ${run}`;
  const terminal = spawn('script', ['--quiet', '--flush', '--return', '--command', sized, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(terminal, 'close').then(([exitCode]) => Number(exitCode));
  onTestFinished(async () => {
    terminal.kill('SIGKILL');
    await ended;
  });
  return {
    output: () => output,
    type: (keys) => void terminal.stdin.write(keys),
    hangUp: () => void terminal.kill('SIGKILL'),
    ended,
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
