/** The time in a record that is made up. It never goes back and never passes the end. */
export interface SeedClock {
  readonly now: () => number;
  readonly pass: (durationMs: number) => void;
  /** Nothing when that is in the past. */
  readonly passUntil: (atMs: number) => void;
}

export function createSeedClock(startMs: number, endMs: number): SeedClock {
  let nowMs = startMs;
  const passUntil = (atMs: number): void => {
    nowMs = Math.min(Math.max(nowMs, Math.floor(atMs)), endMs);
  };
  return { now: () => nowMs, passUntil, pass: (durationMs) => passUntil(nowMs + durationMs) };
}
