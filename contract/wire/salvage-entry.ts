import type { AttemptRecord, SalvageRecord } from '../records.ts';
import { encodeSalvage } from './salvage.ts';

/** What is kept of one attempt, and the commands that bring it back. */
export interface SalvageEntryView {
  readonly attempt: Pick<AttemptRecord, 'id' | 'stepId' | 'runId' | 'state'>;
  readonly salvage: SalvageRecord;
  readonly restore: readonly string[];
}

export const encodeSalvageEntry = ({ attempt, salvage, restore }: SalvageEntryView) => ({
  attempt_id: attempt.id,
  step_id: attempt.stepId,
  run_id: attempt.runId,
  attempt_state: attempt.state,
  ...encodeSalvage(salvage),
  restore,
});
