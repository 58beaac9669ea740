import { err, type Result } from '../../../../contract/result.ts';
import { errorCodeOf } from './error-code.ts';

/** A git command, or work on files around it, that was not done, with the evidence. `stderrTail` is not redacted. */
export interface GitFailure {
  readonly code: 'git_failed' | 'git_missing' | 'git_timed_out' | 'git_aborted' | 'files_failed';
  /** One sentence: the command and the last thing it said. */
  readonly message: string;
  /** The program, or the name of our own operation on files. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Null when a signal ended the process or none was started. */
  readonly exitCode: number | null;
  readonly stderrTail: string;
  readonly cause: unknown;
}

const STDERR_TAIL_CHARACTERS = 4000;

export const tailOf = (text: string): string => text.trimEnd().slice(-STDERR_TAIL_CHARACTERS);

/** The line a person should read: git's `fatal:` or `error:` if there is one, otherwise the last line. */
export function lastWordOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.findLast((line) => /^(fatal|error): /.test(line));
  return (telling ?? lines.at(-1) ?? '').trim();
}

export const abortedFailure = (operation: string, cwd: string): GitFailure => ({
  ...failureOf({ code: 'git_aborted', operation, cwd }),
  message: `${operation}: stopped as asked`,
});

/** Does work that also touches files; what the file system refuses becomes an outcome. */
export async function attemptWithFiles<T, E>(
  operation: string,
  cwd: string,
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E | GitFailure>> {
  try {
    return await work();
  } catch (cause) {
    return err(filesFailure(operation, cwd, cause));
  }
}

/** Any other error is a bug and is thrown on. */
function filesFailure(operation: string, cwd: string, cause: unknown): GitFailure {
  if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
  return {
    ...failureOf({ code: 'files_failed', operation, cwd }),
    message: `${operation}: ${cause.message}`,
    stderrTail: errorCodeOf(cause),
    cause,
  };
}

/** What we do not do to files, though nothing has failed yet. */
export const filesRefused = (operation: string, cwd: string, why: string): GitFailure => ({
  ...failureOf({ code: 'files_failed', operation, cwd }),
  message: `${operation}: ${why}`,
});

const failureOf = (facts: {
  readonly code: GitFailure['code'];
  readonly operation: string;
  readonly cwd: string;
}): Omit<GitFailure, 'message'> => ({
  code: facts.code,
  command: facts.operation,
  args: [],
  cwd: facts.cwd,
  exitCode: null,
  stderrTail: '',
  cause: null,
});
