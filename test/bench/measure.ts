import type { Summary } from './statistics.ts';

export type Unit = 'ms' | 'per second' | 'MB/s' | 'MB' | 'KiB' | '%' | 'lost';

/** What was promised: about the product's own number, or about how it stands to its floor. */
export interface Bar {
  readonly of: 'ours' | 'ratio';
  readonly sense: 'at most' | 'at least';
  readonly limit: number;
  /** How far beyond the limit still counts as noise of the machine. */
  readonly marginPercent: number;
}

/** One number of the product beside its floor, taken in the same run. */
export interface Measure {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** Null when there is nothing to compare with. */
  readonly floor: number | null;
  /** Null: told for its own sake. */
  readonly bar: Bar | null;
  readonly spread?: { readonly ours: Summary; readonly floor?: Summary };
}

/** `beyond this machine`: a bar on the product's own number that its floor, here and now, misses as well. */
export type Verdict = 'holds' | 'within noise' | 'missed' | 'beyond this machine' | 'no bar';

export const ratioOf = ({ ours, floor }: Measure): number | null => (floor === null ? null : ours / floor);

export function verdictOf(measure: Measure): Verdict {
  const { bar } = measure;
  if (bar === null) return 'no bar';
  const value = bar.of === 'ours' ? measure.ours : ratioOf(measure);
  if (value === null) throw new Error(`${measure.what}: a bar on the ratio needs a floor`);
  if (isWithin(value, bar, 0)) return 'holds';
  if (isWithin(value, bar, bar.marginPercent / 100)) return 'within noise';
  const isFloorWithin = bar.of === 'ratio' || measure.floor === null || isWithin(measure.floor, bar, 0);
  return isFloorWithin ? 'missed' : 'beyond this machine';
}

const isWithin = (value: number, { sense, limit }: Bar, slack: number): boolean =>
  sense === 'at most' ? value <= limit * (1 + slack) : value >= limit * (1 - slack);
