import type { Browser } from 'playwright-core';
import type { RowReport } from '../../bench/row.ts';
import type { Workshop } from '../../bench/workshop.ts';

/** One row of the dashboard's numbers. Whatever it starts belongs to the workshop, which ends with the row. */
export interface UiRow {
  /** What the command line calls it. */
  readonly name: string;
  measure(bench: UiBench): Promise<RowReport>;
}

export interface UiBench {
  readonly browser: Browser;
  readonly workshop: Workshop;
  readonly isQuick: boolean;
}
