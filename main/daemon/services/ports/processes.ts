import type { Result } from '../../../../contract/result.ts';
import type { ByteSink } from '../../adapters/process/byte-sink.ts';
import type { Problem } from './problem.ts';

/** Variables that a program gets besides the daemon's own. What looks like a secret among them is one (RED-9 to RED-12). */
export type AddedVariables = readonly Readonly<Record<string, string>>[];

export interface Processes {
  /** Runs a command that is a command by definition: a validation or a hook. */
  runShell(run: ShellRun): Promise<Result<ShellEnd, Problem>>;
  /** Ends everything that carries the mark. */
  stopMarked(mark: string): Promise<StopEnd>;
  /** Ends everything that carries any mark of this instance. Only before anything is started. */
  stopStrays(): Promise<StopEnd>;
  /** Ends git commands that an earlier daemon of this instance has left: they write in the repository. */
  stopLeftGit(): Promise<StopEnd>;
  /** Makes the folder that every process of an attempt is told to keep its temporary files in. */
  openTemporary(mark: string): Promise<Result<void, Problem>>;
  /** Removes it with all that is in it. One that is not there is removed already. */
  removeTemporary(mark: string): Promise<Result<void, Problem>>;
  /** Removes those of every mark of this instance. Only before anything is started. */
  removeStrayTemporaries(): Promise<readonly Problem[]>;
  /** What a child process gets to see: the operator's environment without what is ours, the mark, and what comes with it. */
  environment(mark: string): Readonly<Record<string, string>>;
}

export interface ShellRun {
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
}

export interface ShellEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Its time was up before it had ended by itself. */
  readonly timedOut: boolean;
  /** The signal was aborted before it had ended by itself. */
  readonly wasStopped: boolean;
  readonly durationMs: number;
  /** What keeps the end from being whole: processes that could not be ended, output that could not be read. */
  readonly problems: readonly string[];
}

export interface StopEnd {
  /** How many processes there were that are gone now. */
  readonly ended: number;
  /** A sentence that names who could not be ended; none when nobody is left. */
  readonly problems: readonly string[];
}
