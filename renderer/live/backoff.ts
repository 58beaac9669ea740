const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/** Doubles with each failure, and differs by up to half, so that many pages do not come back in one instant. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(failures, 10), LONGEST_MS);
  return Math.round(full * (0.5 + random / 2));
}
