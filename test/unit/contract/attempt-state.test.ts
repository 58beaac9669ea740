import { describe, expect, it } from 'vitest';
import {
  AttemptState,
  ENDED_ATTEMPT_STATES,
  EndedAttemptState,
  isAttemptLive,
  LIVE_ATTEMPT_STATES,
} from '../../../contract/attempt-state.ts';
import { isStepInFlight, isTerminalStep, STEP_STATES, TERMINAL_STEP_STATES } from '../../../contract/step-state.ts';

describe('the states of an attempt', () => {
  it('are those of a step in flight while it is live (STATE-16)', () => {
    expect(LIVE_ATTEMPT_STATES).toEqual(STEP_STATES.filter(isStepInFlight));
    expect(AttemptState.options.filter(isAttemptLive)).toEqual(LIVE_ATTEMPT_STATES);
  });

  it('are ends of a step once it has ended, all but failed_retryable (STATE-5, STATE-16)', () => {
    expect(ENDED_ATTEMPT_STATES).toEqual(TERMINAL_STEP_STATES.filter((state) => state !== 'failed_retryable'));
    expect(EndedAttemptState.options.every(isTerminalStep)).toBe(true);
  });
});
