import { formatAge } from './format-time.ts';

const SECONDS_5 = 5000;
const DAY_MS = 24 * 60 * 60_000;

/** `Just asked`, `Waiting 12 min`, `Waiting since 21 Nov 2026`. */
export function waitingText(sinceMs: number | null, nowMs: number): string {
  if (sinceMs === null) return 'Waiting';
  const age = nowMs - sinceMs;
  if (age < SECONDS_5) return 'Just asked';
  return `Waiting ${age < DAY_MS ? '' : 'since '}${formatAge(sinceMs, nowMs)}`;
}
