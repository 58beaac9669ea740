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
  readonly lostOnRelease: readonly string[];
}

export const encodeSalvageEntry = ({ attempt, salvage, ...entry }: SalvageEntryView) => ({
  attempt_id: attempt.id,
  step_id: attempt.stepId,
  run_id: attempt.runId,
  attempt_state: attempt.state,
  ...encodeSalvage(salvage),
  restore: entry.restore,
  lost_on_release: entry.lostOnRelease,
});

export const WireSalvageEntry = wireObject({
  attempt_id: AttemptId,
  step_id: StepId,
  run_id: RunId,
  attempt_state: AttemptState,
  ...salvageShape,
  restore: wireList(z.string()),
  lost_on_release: wireList(z.string()).meta({ description: 'What is gone for good when it is released.' }),
}).meta({ id: 'SalvageEntry', description: 'What is kept of one attempt, and the commands that bring it back.' });
