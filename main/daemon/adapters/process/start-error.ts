import { stat } from 'node:fs/promises';
import { getSystemErrorMessage } from 'node:util';

/** Why a program could not be started, with everything that is known about it. */
export interface StartError {
  readonly code: 'program_not_found' | 'not_executable' | 'cwd_missing' | 'bad_argument' | 'system';
  /** One plain sentence. */
  readonly message: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly cause: unknown;
}

interface Attempted {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
}

/** The system says ENOENT both for a missing program and for a missing folder, so the folder is looked at. */
export async function describeStartError({ argv, cwd }: Attempted, cause: unknown): Promise<StartError> {
  const evidence = { argv, cwd, cause };
  const [program] = argv;
  const folder = await stat(cwd).catch(() => null); // not there or not readable: either way nothing runs in it
  if (folder === null || !folder.isDirectory()) {
    return { code: 'cwd_missing', message: `Cannot run ${program}: the folder ${cwd} does not exist.`, ...evidence };
  }
  switch (codeOf(cause)) {
    case 'ENOENT':
      return { code: 'program_not_found', message: `Cannot run ${program}: there is no such program.`, ...evidence };
    case 'EACCES':
      return { code: 'not_executable', message: `Cannot run ${program}: it is not an executable file.`, ...evidence };
    case 'ERR_INVALID_ARG_VALUE':
      return { code: 'bad_argument', message: `Cannot run ${program}: an argument holds a zero byte.`, ...evidence };
    default:
      return { code: 'system', message: `Cannot run ${program}: ${reasonOf(cause)}.`, ...evidence };
  }
}

function codeOf(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

function reasonOf(cause: unknown): string {
  const errno = cause instanceof Error && 'errno' in cause ? cause.errno : null;
  if (typeof errno === 'number') return getSystemErrorMessage(errno) ?? String(codeOf(cause));
  return cause instanceof Error ? cause.message : String(cause);
}
