import type { StepRecord } from '../../../contract/records.ts';
import type { RunState } from '../../../contract/run-state.ts';

/** What keeps a step that waits from being started, free slots aside. */
export type BlockedReason = 'gate' | 'run' | 'not_before';

export interface StepSurroundings {
  readonly runState: RunState;
  readonly hasPendingGate: boolean;
  readonly nowMs: number;
}

/** Of several reasons the one that somebody has to do most about. Null: it may start as soon as a slot is free. */
export function whyBlocked(
  { notBeforeMs }: Pick<StepRecord, 'notBeforeMs'>,
  { runState, hasPendingGate, nowMs }: StepSurroundings,
): BlockedReason | null {
  if (hasPendingGate || runState === 'paused_for_gate') return 'gate';
  if (runState !== 'running') return 'run';
  return notBeforeMs !== null && notBeforeMs > nowMs ? 'not_before' : null;
}
