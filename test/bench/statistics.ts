/** What a list of samples says, by nearest rank. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('no samples to summarize');
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = (percent: number) => percentileOf(sorted, percent);
  return { count: sorted.length, min: rank(0), p50: rank(50), p95: rank(95), p99: rank(99), max: rank(100) };
}

/** Of samples in ascending order. */
export function percentileOf(sorted: readonly number[], percent: number): number {
  const index = Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0);
  return sorted[index] ?? Number.NaN;
}
