const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `0 B`, `12.3 KiB`, `4.0 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${UNITS[power - 1]}`;
}
