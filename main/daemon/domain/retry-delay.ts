import type { FailureClass } from '../../../contract/failure-class.ts';
import type { RetryRule } from '../../../contract/task-spec.ts';

export interface RetryDraw {
  readonly notBeforeMs: number;
  /** In whole milliseconds: exactly what was added to the declared delay. */
  readonly jitterSeconds: number;
}

/**
 * When the next attempt may start, or null when there is none. `attemptsUsed` counts the one that just failed; `random`
 * is in [0, 1). The drawn jitter is part of the answer so that the record can explain the delay.
 */
export function nextAttempt(input: {
  readonly rule: RetryRule | undefined;
  readonly attemptsUsed: number;
  readonly failureClass: FailureClass;
  readonly nowMs: number;
  readonly random: number;
}): RetryDraw | null {
  const { rule, attemptsUsed, failureClass } = input;
  if (rule === undefined || attemptsUsed >= rule.maxAttempts) return null;
  if (failureClass === 'cancelled' || !rule.on.includes(failureClass)) return null;
  const delaySeconds = Math.min(rule.capSeconds, rule.baseSeconds * rule.factor ** (attemptsUsed - 1));
  const jitterMs = Math.round(rule.jitterSeconds * 1000 * input.random);
  return { notBeforeMs: input.nowMs + Math.round(delaySeconds * 1000) + jitterMs, jitterSeconds: jitterMs / 1000 };
}
