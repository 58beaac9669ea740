import type { ClientRun } from '../../../contract/client/client-run.ts';

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

export const isRunEnded = (state: string): boolean => ENDED.has(state);

/** Those that an abort would still stop. */
export const abortableRuns = (runs: readonly ClientRun[]): readonly ClientRun[] =>
  runs.filter(({ state }) => !isRunEnded(state));
