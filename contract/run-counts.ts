import type { StepState } from './step-state.ts';

/** How far a run is. */
export interface RunCounts {
  /** States in which there is a step. */
  readonly steps: ReadonlyMap<StepState, number>;
  readonly gatesPending: number;
}
