const grouped = new Intl.NumberFormat('en', { useGrouping: true });

/** `10,000`. */
export const formatCount = (count: number): string => grouped.format(count);

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `812 bytes`, `1.4 KiB`, `12 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? formatCount(value) : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit] ?? 'bytes'}`;
}

/** `1 gate`, `3 gates`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
