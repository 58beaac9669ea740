import { type SimpleGit, simpleGit } from 'simple-git';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { HARDENED_CONFIG, hardenedEnvironment, userEnvironment } from './git-environment.ts';
import { type GitFailure, lastWordOf, tailOf } from './git-failure.ts';
import { hearStart } from './hear-start.ts';
import { createProgramFinder } from './program-finder.ts';

/** One git command. Nothing in `args` goes through a shell. */
export interface GitCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  /** On top of the hardened environment: `GIT_DIR` and the like. */
  readonly env?: Readonly<Record<string, string>>;
  /** `name=value`, on top of the hardened settings. */
  readonly config?: readonly string[];
  readonly input?: Uint8Array | string;
  /** Exit codes that are an answer and not a failure; 0 unless told. */
  readonly okExitCodes?: readonly number[];
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Reads the settings of system and user. Only to learn whom the user trusts and what the user ignores. */
  readonly readsUserSettings?: true;
}

export interface GitOutput {
  readonly stdout: Buffer;
  readonly exitCode: number;
}

export type RunGit = (command: GitCommand) => Promise<Result<GitOutput, GitFailure>>;

const DEFAULT_TIMEOUT_MS = 10 * 60_000;

interface Ended {
  readonly stdOut: readonly Buffer[];
  readonly stdErr: readonly Buffer[];
  readonly exitCode: number | null;
}

/**
 * Runs git through simple-git. Each command has an instance of its own, so that nothing queues behind simple-git's
 * limit of five at a time. Outputs are bytes: paths need not be UTF-8.
 */
export function createGitRunner(options: {
  readonly environment: NodeJS.ProcessEnv;
  /** By what these commands, and whatever they start, can be found again. */
  readonly mark?: Readonly<Record<string, string>>;
  readonly binary?: string;
}): RunGit {
  const hardened = { ...hardenedEnvironment(options.environment), ...options.mark };
  const user = { ...userEnvironment(options.environment), ...options.mark };
  const binary = createProgramFinder(options.binary ?? 'git', hardened);
  return (command) => runOnce(command, { binary: binary(), env: command.readsUserSettings ? user : hardened });
}

type Setting = { readonly binary: string; readonly env: Readonly<Record<string, string>> };

async function runOnce(command: GitCommand, setting: Setting): Promise<Result<GitOutput, GitFailure>> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), command.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const signals = [deadline.signal, ...(command.signal === undefined ? [] : [command.signal])];
  let ended: Ended | null = null;
  const onEnd = (result: Ended): void => {
    ended = result;
  };
  const start = hearStart(command.args);
  const cause = await attempt(async () => {
    await instanceFor(command, { ...setting, abort: AbortSignal.any(signals), onEnd }).raw([...command.args]);
  });
  clearTimeout(timer);
  const refusedStart = await start.refusal(cause !== null && ended === null);
  return judge(command, {
    ended,
    cause: refusedStart ?? cause,
    binary: setting.binary,
    isTimedOut: deadline.signal.aborted,
  });
}

async function attempt(action: () => Promise<void>): Promise<unknown> {
  try {
    await action();
    return null;
  } catch (cause) {
    return cause;
  }
}

function instanceFor(
  command: GitCommand,
  { binary, env, abort, onEnd }: Setting & { readonly abort: AbortSignal; readonly onEnd: (ended: Ended) => void },
): SimpleGit {
  const fullEnv = { ...env, ...command.env };
  return (
    simpleGit({
      baseDir: command.cwd,
      binary,
      abort,
      config: [...HARDENED_CONFIG, ...(command.config ?? [])],
      unsafe: PERMITTED,
      allowEnvironment: Object.keys(fullEnv),
      completion: { onClose: true, onExit: false },
      // An input, even an empty one, closes stdin: otherwise a command that reads it waits for ever.
      input: () => Buffer.from(command.input ?? ''),
      errors: (_error, result) => {
        onEnd(result);
        return command.okExitCodes?.includes(result.exitCode) ? undefined : asError(result);
      },
    })
      .env(fullEnv)
      // simple-git waits another 50 ms after a command that printed nothing; an empty chunk at the end spares that.
      .outputHandler((_command, stdout) => stdout.once('end', () => stdout.emit('data', Buffer.alloc(0))))
  );
}

const asError = ({ exitCode, stdErr }: Ended): Error | undefined =>
  exitCode === 0 ? undefined : new Error(lastWordOf(Buffer.concat(stdErr).toString()));

/** What simple-git refuses unless told: the very settings with which we switch programs off. */
const PERMITTED = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafePager: true,
  allowUnsafeEditor: true,
  allowUnsafeAskPass: true,
  allowUnsafeSshCommand: true,
  allowUnsafeGitProxy: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCustomBinary: true,
} as const;

function judge(
  command: GitCommand,
  {
    ended,
    cause,
    binary,
    isTimedOut,
  }: {
    readonly ended: Ended | null;
    readonly cause: unknown;
    readonly binary: string;
    readonly isTimedOut: boolean;
  },
): Result<GitOutput, GitFailure> {
  if (cause === null && ended !== null && ended.exitCode !== null) {
    return ok({ stdout: Buffer.concat(ended.stdOut), exitCode: ended.exitCode });
  }
  const stderr = ended === null ? String(cause) : Buffer.concat(ended.stdErr).toString();
  const code = codeOf({ stderr, isTimedOut, isAborted: command.signal?.aborted === true });
  return err({
    code,
    message: `git ${command.args[0] ?? ''}: ${wordsOf(code, stderr)}`,
    command: binary,
    args: command.args,
    cwd: command.cwd,
    exitCode: exitCodeOf(ended),
    stderrTail: tailOf(stderr),
    cause,
  });
}

/** simple-git gives numbers of its own, or negative ones, where no process ended by itself. */
const exitCodeOf = (ended: Ended | null): number | null =>
  ended !== null && ended.exitCode !== null && ended.exitCode >= 0 && ended.exitCode < 256 ? ended.exitCode : null;

function codeOf(facts: {
  readonly stderr: string;
  readonly isTimedOut: boolean;
  readonly isAborted: boolean;
}): GitFailure['code'] {
  if (facts.isAborted) return 'git_aborted';
  if (facts.isTimedOut) return 'git_timed_out';
  return /spawn .* (ENOENT|EACCES)/.test(facts.stderr) ? 'git_missing' : 'git_failed';
}

function wordsOf(code: GitFailure['code'], stderr: string): string {
  if (code === 'git_aborted') return 'stopped as asked';
  if (code === 'git_timed_out') return 'took too long and was stopped';
  if (code === 'git_missing') return 'the git program could not be started';
  if (/spawn .* E[MN]FILE/.test(stderr)) return 'too many open files: the git program could not be started';
  return lastWordOf(stderr) || 'failed without saying why';
}
