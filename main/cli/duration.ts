const UNIT_MS = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

const TERM = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g;

/** `90s`, `1m30s`, `1.5h` in milliseconds; a plain number counts as seconds. `null` when it is none of these. */
export function parseDuration(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const terms = [...text.matchAll(TERM)];
  if (terms.length === 0 || terms.map(([term]) => term).join('') !== text) return null;
  return terms.reduce((sum, [, number, unit]) => sum + Number(number) * unitMs(unit), 0);
}

/** The same way back: `0s`, `500ms`, `2.5s`, `1m30s`, `2h0m0s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs > 0 && durationMs < 1000) return `${trimNumber(durationMs)}ms`;
  const totalSeconds = durationMs / 1000;
  const hours = Math.floor(totalSeconds / 3600);
  const minutes = Math.floor((totalSeconds % 3600) / 60);
  const seconds = `${trimNumber(totalSeconds % 60)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const unitMs = (unit: string | undefined): number => Object.entries(UNIT_MS).find(([name]) => name === unit)?.[1] ?? 0;

const trimNumber = (value: number): string => String(Number(value.toFixed(3)));
