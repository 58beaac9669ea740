import { describe, expect, it } from 'vitest';
import { RUN_STATES } from '../../../contract/run-state.ts';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { runExit, stepExit } from '../../../main/cli/state-exits.ts';

/** The inherited table; a state that is not in it goes on. */
const STEPS: Readonly<Record<string, number>> = {
  completed: 0,
  completed_with_warnings: 0,
  failed_terminal: 2,
  failed_validation: 2,
  failed_retryable: 2,
  timeout: 3,
  cancelled: 4,
  needs_approval: 4,
  needs_manual_attention: 4,
  failed_bridge: 5,
  failed_adapter: 5,
};

const RUNS: Readonly<Record<string, number>> = { completed: 0, failed: 2, cancelled: 4, paused_for_gate: 4 };

describe('exit codes (CLI-4)', () => {
  it.each([...STEP_STATES, 'a state of tomorrow'])('of a step that is %s', (state) => {
    expect(stepExit(state)).toBe(STEPS[state] ?? null);
  });

  it.each([...RUN_STATES, 'a state of tomorrow'])('of a run that is %s', (state) => {
    expect(runExit(state)).toBe(RUNS[state] ?? null);
  });
});
