/** `2026-11-20T06:36:29Z`, or nothing for no time. */
export const formatSecond = (atMs: number | null): string =>
  atMs === null ? '' : `${new Date(atMs).toISOString().slice(0, 19)}Z`;

/** `2026-11-20 06:36` in UTC, for tables. */
export const formatMinute = (atMs: number | null): string =>
  atMs === null ? '' : new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');

/** `0 s`, `42 s`, `3 min 20 s`, `2 h 5 min`: how long something lasts by now. */
export const formatTicking = (elapsedMs: number): string =>
  elapsedMs < 10_000 ? `${Math.max(0, Math.floor(elapsedMs / 1000))} s` : formatElapsed(elapsedMs);

/** `40 ms`, `0.4 s`, `12 s`, `3 min 20 s`: how long something took, for people. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 10_000) return `${(elapsedMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
