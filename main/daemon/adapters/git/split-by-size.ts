import type { BytePath } from './byte-path.ts';

export interface SizedPath {
  readonly path: BytePath;
  readonly sizeBytes: number;
}

/** The files that are read, in their order, and those over a limit: the smallest count first, so that most are read. */
export function splitBySize(
  files: readonly SizedPath[],
  { fileBytes, totalBytes }: { readonly fileBytes: number; readonly totalBytes: number },
): { readonly fitting: readonly SizedPath[]; readonly oversized: readonly SizedPath[] } {
  const oversized = new Set<SizedPath>();
  let sumBytes = 0;
  for (const file of [...files].sort((a, b) => a.sizeBytes - b.sizeBytes)) {
    sumBytes += file.sizeBytes;
    if (file.sizeBytes > fileBytes || sumBytes > totalBytes) oversized.add(file);
  }
  return { fitting: files.filter((file) => !oversized.has(file)), oversized: [...oversized] };
}
