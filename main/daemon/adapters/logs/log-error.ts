/** What a log could not do, with its evidence. */
export interface LogError {
  readonly operation: 'open' | 'write' | 'close' | 'read';
  readonly path: string;
  /** The system's name for the cause, such as ENOSPC or ENOENT; null when it gave none. */
  readonly code: string | null;
  /** One plain sentence. */
  readonly message: string;
  readonly cause: unknown;
}

const plainReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  EROFS: 'the disk is read-only',
  EACCES: 'it is not permitted',
  ENOENT: 'it does not exist',
  EEXIST: 'it exists already',
  EMFILE: 'too many files are open',
  EFBIG: 'the file may not grow further',
};

export function describeLogError(operation: LogError['operation'], path: string, cause: unknown): LogError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  const reason = plainReasons[code ?? ''] ?? (cause instanceof Error ? cause.message : String(cause));
  return { operation, path, code, message: `Cannot ${operation} the log ${path}: ${reason}.`, cause };
}
