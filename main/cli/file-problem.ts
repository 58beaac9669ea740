const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ELOOP: 'is a symbolic link, which is not followed',
  ENXIO: 'is a pipe that nobody reads',
};

/** Why a file could not be read: `open nofile.yaml: no such file or directory`. */
export function fileProblem(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const meaning = MEANINGS[code] ?? (error instanceof Error ? error.message : String(error));
  return `open ${path}: ${meaning}`;
}
