import { access, constants, stat } from 'node:fs/promises';
import { constants as systemConstants } from 'node:os';
import type { IPty } from 'node-pty';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { ByteSink } from '../process/byte-sink.ts';
import { markVariable } from '../process/environment-mark.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import { isSameProcess, type ProcessIdentity, parseStat, readProcFile } from '../process/process-table.ts';
import { describeStartError, type StartError } from '../process/start-error.ts';
import { lookAfter, type ProcessHost, type RunningProcess } from '../process/supervise.ts';
import { loadPty, NO_PTY, type PtyLibrary } from './load-pty.ts';
import { pumpTerminal } from './pump-terminal.ts';
import type { TerminalSize } from './terminal-size.ts';
import { createKeyboard, type Keyboard } from './type-into.ts';

/** The program by its absolute path: whether it can be run is looked at before, because a terminal does not tell. */
export interface TerminalSpec extends Pick<ProcessSpec, 'argv' | 'cwd' | 'env' | 'mark' | 'graceMs'> {
  /** Everything that the program shows: a terminal has one output. */
  readonly output: ByteSink;
  readonly size: TerminalSize;
}

export interface TerminalProcess extends RunningProcess {
  readonly type: Keyboard['type'];
  /** Nothing happens when its terminal is closed. */
  readonly resize: (size: TerminalSize) => void;
}

/** Starts a program as the leader of a session of its own on a terminal of its own, and looks after it to its end. */
export async function startInTerminal(
  host: Pick<ProcessHost, 'clock'>,
  spec: TerminalSpec,
  load = loadPty,
): Promise<Result<TerminalProcess, StartError>> {
  const library = await load();
  if (!library.ok) return err(noTerminal(spec, library.error));
  const startedAtMs = host.clock();
  try {
    await mustBeRunnable(spec);
    return ok(supervise(host, { spec, startedAtMs, pty: spawnOn(library.value, spec) }));
  } catch (cause) {
    return err(await describeStartError(spec, cause));
  }
}

const noTerminal = ({ argv, cwd }: TerminalSpec, cause: unknown): StartError => ({
  code: 'system',
  message: NO_PTY,
  argv,
  cwd,
  cause,
});

async function mustBeRunnable({ argv: [program], cwd }: TerminalSpec): Promise<void> {
  await stat(cwd);
  await access(program, constants.X_OK);
}

function spawnOn({ spawn }: PtyLibrary, { argv: [program, ...args], cwd, env, mark, size }: TerminalSpec): IPty {
  return spawn(program, args, {
    name: 'xterm-256color',
    cols: size.columns,
    rows: size.rows,
    cwd,
    env: { ...withoutOtherTerminals(env), [markVariable]: mark },
    encoding: null,
  });
}

/** What the daemon was started in is not the terminal of the program. */
const withoutOtherTerminals = (env: TerminalSpec['env']): TerminalSpec['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !OF_OTHER_TERMINALS.has(name)));

const OF_OTHER_TERMINALS: ReadonlySet<string> = new Set([
  'COLUMNS',
  'LINES',
  'STY',
  'TERMCAP',
  'TMUX',
  'TMUX_PANE',
  'WINDOWID',
]);

interface Started {
  readonly pty: IPty;
  readonly spec: TerminalSpec;
  readonly startedAtMs: number;
}

function supervise(host: Pick<ProcessHost, 'clock'>, { pty, spec, startedAtMs }: Started): TerminalProcess {
  const leader = identify(pty.pid);
  const ended = endOf(pty);
  const isLeaderAlive = () => isSameProcess(leader);
  const pumps = [pumpTerminal({ pty, sink: spec.output, isLeaderAlive, closed: ended })];
  const { mark, graceMs } = spec;
  const running = lookAfter(host, { leader, stdin: null, ended, pumps, pipePaths: [], startedAtMs, mark, graceMs });
  const keyboard = createKeyboard(masterOf(pty));
  return {
    ...running,
    type: (bytes) => keyboard.type(bytes),
    resize: ({ columns, rows }) => (keyboard.isOpen() ? pty.resize(columns, rows) : undefined),
  };
}

/** A program that is done already was collected by node-pty: no process has started at the beginning of time. */
function identify(pid: number): ProcessIdentity {
  const entry = parseStat(readProcFile(pid, 'stat')?.toString('latin1') ?? '');
  return { pid, startTicks: entry?.startTicks ?? '0' };
}

/** When the terminal is closed, too: node-pty tells the end after the last byte. */
const endOf = (pty: IPty): Promise<{ readonly exitCode: number | null; readonly signal: string | null }> =>
  new Promise((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      resolve(signal === 0 ? { exitCode, signal: null } : { exitCode: null, signal: nameOf(signal) });
    });
  });

const nameOf = (signal: number): string =>
  Object.entries(systemConstants.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;

/** Not in node-pty's types; every terminal of a Unix has it. */
function masterOf(pty: IPty): number {
  if ('fd' in pty && typeof pty.fd === 'number') return pty.fd;
  throw new Error('node-pty shows no descriptor of its terminal');
}
