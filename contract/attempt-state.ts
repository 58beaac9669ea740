import { z } from 'zod';

import type { TerminalStepState } from './step-state.ts';

/**
 * Where one attempt stands. Live states carry the step's own names; an ended attempt keeps the outcome that it had,
 * whatever happens to its step afterwards.
 */
export const LIVE_ATTEMPT_STATES = ['dispatching', 'running', 'collecting_artifacts', 'validating'] as const;

export const ENDED_ATTEMPT_STATES = [
  'completed',
  'completed_with_warnings',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
] as const satisfies readonly TerminalStepState[];

export const AttemptState = z.enum([...LIVE_ATTEMPT_STATES, ...ENDED_ATTEMPT_STATES]);
export type AttemptState = z.infer<typeof AttemptState>;
export const EndedAttemptState = z.enum(ENDED_ATTEMPT_STATES);
export type EndedAttemptState = z.infer<typeof EndedAttemptState>;
export type LiveAttemptState = (typeof LIVE_ATTEMPT_STATES)[number];

const live: ReadonlySet<AttemptState> = new Set(LIVE_ATTEMPT_STATES);
export const isAttemptLive = (state: AttemptState): state is LiveAttemptState => live.has(state);
