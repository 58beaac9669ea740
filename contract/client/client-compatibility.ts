import type { Fields } from './read-fields.ts';

/** Which executors would take a task on the daemon's machine. */
export interface ClientCompatibility {
  readonly tier: number;
  readonly executors: readonly ClientExecutor[];
}

export interface ClientExecutor {
  readonly id: string;
  /** `active` or `unavailable`. */
  readonly status: string;
  readonly tier: number;
  /** `real` or `simulation`; empty: a task that names it is refused, or the daemon does not say. */
  readonly mode: string;
  /** The program behind it; empty when none was found. */
  readonly binary: string;
  readonly version: string;
  readonly detail: string;
}

export const clientCompatibility = (fields: Fields): ClientCompatibility => ({
  tier: fields.integer('tier'),
  executors: fields.objects('adapters', (one) => ({
    id: one.id('id'),
    status: one.text('status'),
    tier: one.integer('tier'),
    mode: one.text('mode'),
    binary: one.text('binary'),
    version: one.text('version'),
    detail: one.text('detail'),
  })),
});
