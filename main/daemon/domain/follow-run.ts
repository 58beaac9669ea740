import type { RunRecord } from '../../../contract/records.ts';
import { isTerminalRun, type RunState } from '../../../contract/run-state.ts';
import { isStepInFlight, isTerminalStep, STEP_STATES, type StepState } from '../../../contract/step-state.ts';

/** How many steps of a run are in each state, and how many of those it requires have failed. */
export interface StepTally {
  readonly counts: Readonly<Record<StepState, number>>;
  readonly failedRequired: number;
}

const sumOf = (tally: StepTally, matches: (state: StepState) => boolean): number =>
  STEP_STATES.filter(matches).reduce((sum, state) => sum + tally.counts[state], 0);

/** Steps that move without anybody's help. */
export const countMoving = (tally: StepTally): number =>
  sumOf(tally, (state) => state === 'pending' || isStepInFlight(state));

/** Steps that have not ended. */
export const countOpen = (tally: StepTally): number => sumOf(tally, (state) => !isTerminalStep(state));

/** A run failed when a step that it requires failed. A step that somebody cancelled is not a failure. */
export const endOfRun = (tally: StepTally): 'completed' | 'failed' =>
  tally.failedRequired > 0 ? 'failed' : 'completed';

/**
 * The state that a run has by the facts: it pauses only when nothing in it moves, and it ends by itself only when it was
 * asked to close when idle.
 */
export function followRun(run: RunRecord, tally: StepTally, pendingGates: number): RunState {
  if (isTerminalRun(run.state) || run.abortRequest !== null) return run.state;
  if (run.state === 'created' || countMoving(tally) > 0) return 'running';
  if (pendingGates > 0 || countOpen(tally) > 0) return 'paused_for_gate';
  const hasSteps = sumOf(tally, () => true) > 0;
  return run.closeWhenIdle && hasSteps ? endOfRun(tally) : 'running';
}
