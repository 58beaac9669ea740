import type { RunId } from '../../../contract/ids.ts';
import type { RunCounts } from '../../../contract/run-counts.ts';
import { STEP_STATES } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';

/** How far a run is: its steps by state, those that there are, and what waits for a decision in it. */
export function countRun({ store }: Pick<ServiceContext, 'store'>, runId: RunId): RunCounts {
  const { counts } = store.steps.tallyOfRun(runId);
  const steps = new Map(STEP_STATES.flatMap((state) => (counts[state] === 0 ? [] : [[state, counts[state]] as const])));
  return { steps, gatesPending: store.gates.countPendingOfRun(runId) };
}
