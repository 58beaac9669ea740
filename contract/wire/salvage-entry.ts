import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { AttemptId, RunId, StepId } from '../ids.ts';
import type { AttemptRecord, SalvageRecord } from '../records.ts';
import { wireList, wireObject } from './decode.ts';
import { encodeSalvage, salvageShape } from './salvage.ts';

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

export const WireSalvageEntry = wireObject({
  attempt_id: AttemptId,
  step_id: StepId,
  run_id: RunId,
  attempt_state: AttemptState,
  ...salvageShape,
  restore: wireList(z.string()),
}).meta({ id: 'SalvageEntry', description: 'What is kept of one attempt, and the commands that bring it back.' });
