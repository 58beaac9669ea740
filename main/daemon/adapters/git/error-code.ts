/** The `code` of an error of the system (`ENOENT`), or its text where there is none. */
export function errorCodeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return String(error);
}
