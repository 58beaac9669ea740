import type { FailureClass } from '../../../contract/failure-class.ts';
import type { RetryRule } from '../../../contract/task-spec.ts';

export interface RetryDraw {
  readonly notBeforeMs: number;
  readonly jitterSeconds: number;
}

/**
 * When the next attempt may start, or null when there is none. `random` is in [0, 1); the drawn jitter is part of the
 * answer so that the record can explain the delay.
 */
export function nextAttempt(input: {
  readonly rule: RetryRule | undefined;
  readonly attemptsUsed: number;
  readonly failureClass: FailureClass;
  readonly nowMs: number;
  readonly random: number;
}): RetryDraw | null {
  const { rule, attemptsUsed } = input;
  if (rule === undefined || attemptsUsed >= rule.maxAttempts || !rule.on.includes(input.failureClass)) return null;
  const jitterSeconds = rule.jitterSeconds * input.random;
  const delaySeconds = Math.min(rule.capSeconds, rule.baseSeconds * rule.factor ** (attemptsUsed - 1)) + jitterSeconds;
  return { notBeforeMs: input.nowMs + Math.round(delaySeconds * 1000), jitterSeconds };
}
