import type { Measure } from './measure.ts';
import type { Workshop } from './workshop.ts';

/** One row of "Numbers" in ARCHITECTURE.md. */
export interface Row {
  /** What `--only` calls it. */
  readonly name: string;
  measure(bench: Bench): Promise<RowReport>;
}

export interface RowReport {
  readonly measures: readonly Measure[];
  /** How it was measured, and what a reader of the numbers has to know. */
  readonly notes: readonly string[];
}

/** What a row works with. Everything that it starts belongs to the workshop, which ends with the row. */
export interface Bench {
  readonly workshop: Workshop;
  readonly extent: 'quick' | 'usual' | 'full';
  /** Where daemons leave CPU profiles; null: they make none. */
  readonly profileFolder: string | null;
}

/** The count that fits the extent of this run. */
export const sized = (bench: Bench, counts: { readonly quick: number; readonly usual: number }): number =>
  bench.extent === 'quick' ? counts.quick : counts.usual;
