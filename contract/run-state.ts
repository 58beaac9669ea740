import { z } from 'zod';

export const RUN_STATES = ['created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled'] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

const terminal: ReadonlySet<RunState> = new Set(['completed', 'failed', 'cancelled']);
export const isTerminalRun = (state: RunState): boolean => terminal.has(state);

/** Every move of a run. A run that ended stays ended: what a retry re-opens is a step of a run that is still open. */
export const RUN_TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  created: ['running', 'cancelled'],
  running: ['paused_for_gate', 'completed', 'failed', 'cancelled'],
  paused_for_gate: ['running', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

export const canMoveRun = (from: RunState, to: RunState): boolean => RUN_TRANSITIONS[from].includes(to);
