import { EXIT, type ExitCode } from '../../contract/errors.ts';
import type { RunState } from '../../contract/run-state.ts';
import type { StepState } from '../../contract/step-state.ts';

/** The states that end a wait for a step, each with the exit code that scripts know it by. */
const STEP_EXITS = {
  completed: EXIT.ok,
  completed_with_warnings: EXIT.ok,
  failed_terminal: EXIT.failed,
  failed_validation: EXIT.failed,
  failed_retryable: EXIT.failed,
  timeout: EXIT.timeout,
  cancelled: EXIT.intervention,
  needs_approval: EXIT.intervention,
  needs_manual_attention: EXIT.intervention,
  failed_bridge: EXIT.infrastructure,
  failed_adapter: EXIT.infrastructure,
} as const satisfies Partial<Record<StepState, ExitCode>>;

/** The same for a run. */
const RUN_EXITS = {
  completed: EXIT.ok,
  failed: EXIT.failed,
  cancelled: EXIT.intervention,
  paused_for_gate: EXIT.intervention,
} as const satisfies Partial<Record<RunState, ExitCode>>;

const stepExits: ReadonlyMap<string, ExitCode> = new Map(Object.entries(STEP_EXITS));
const runExits: ReadonlyMap<string, ExitCode> = new Map(Object.entries(RUN_EXITS));

/** `null`: the step goes on. So does a state that this program does not know. */
export const stepExit = (state: string): ExitCode | null => stepExits.get(state) ?? null;
export const runExit = (state: string): ExitCode | null => runExits.get(state) ?? null;
