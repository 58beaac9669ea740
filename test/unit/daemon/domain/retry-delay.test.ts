import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES, type FailureClass } from '../../../../contract/failure-class.ts';
import { RetryRule } from '../../../../contract/task-spec.ts';
import { nextAttempt } from '../../../../main/daemon/domain/retry-delay.ts';

const CLASSES = Object.keys(FAILURE_CLASSES) as FailureClass[];
const ruleOf = (rule: Partial<RetryRule>): RetryRule => RetryRule.parse({ maxAttempts: 100, on: CLASSES, ...rule });

const draw = (input: Partial<Parameters<typeof nextAttempt>[0]>) =>
  nextAttempt({ rule: ruleOf({}), attemptsUsed: 1, failureClass: 'timeout', nowMs: 0, random: 0, ...input });
const delaySeconds = (rule: Partial<RetryRule>, attemptsUsed: number): number | undefined => {
  const drawn = draw({ rule: ruleOf(rule), attemptsUsed });
  return drawn === null ? undefined : drawn.notBeforeMs / 1000;
};

const rule = fc
  .record({
    maxAttempts: fc.integer({ min: 1, max: 100 }),
    baseSeconds: fc.double({ min: 0, max: 86_400, noNaN: true }),
    factor: fc.double({ min: 1, max: 100, noNaN: true }),
    capSeconds: fc.double({ min: 0, max: 604_800, noNaN: true }),
    jitterSeconds: fc.double({ min: 0, max: 3600, noNaN: true }),
    on: fc.subarray(CLASSES),
  })
  .map((fields) => RetryRule.parse(fields));
const input = fc.record({
  rule,
  attemptsUsed: fc.integer({ min: 1, max: 100 }),
  failureClass: fc.constantFrom(...CLASSES),
  nowMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

describe('nextAttempt', () => {
  it('grants none without a rule (RETRY-1)', () => {
    expect(draw({ rule: undefined })).toBeNull();
    expect(draw({ rule: RetryRule.parse({}), failureClass: 'timeout' })).toBeNull();
  });

  it('grants as many attempts as the rule says (RETRY-1)', () => {
    const rule = ruleOf({ maxAttempts: 3 });
    expect([1, 2, 3, 4].map((attemptsUsed) => draw({ rule, attemptsUsed }) !== null)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it.each(CLASSES)('retries %s when it is listed, unless somebody asked for the end (RETRY-2)', (failureClass) => {
    expect(draw({ rule: ruleOf({ on: [failureClass] }), failureClass }) !== null).toBe(failureClass !== 'cancelled');
    expect(draw({ rule: ruleOf({ on: CLASSES.filter((one) => one !== failureClass) }), failureClass })).toBeNull();
  });

  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [7, 1920],
    [8, 3600],
    [99, 3600],
  ])('after attempt %i waits %i s by the default rule (RETRY-3)', (attemptsUsed, seconds) => {
    expect(delaySeconds({}, attemptsUsed)).toBe(seconds);
  });

  it.each<[string, Partial<RetryRule>, number, number]>([
    ['a factor of one', { baseSeconds: 7, factor: 1 }, 50, 7],
    ['no delay at all', { baseSeconds: 0, factor: 100 }, 99, 0],
    ['a cap below the base', { baseSeconds: 30, capSeconds: 5 }, 1, 5],
    ['a growth beyond all numbers', { baseSeconds: 86_400, factor: 100, capSeconds: 604_800 }, 99, 604_800],
    ['parts of a second', { baseSeconds: 0.25, factor: 1.5 }, 3, 0.563],
  ])('with %s waits as declared (RETRY-3)', (_name, declared, attemptsUsed, seconds) => {
    expect(delaySeconds(declared, attemptsUsed)).toBe(seconds);
  });

  it('adds a jitter between nothing and what is declared (RETRY-3, RETRY-4)', () => {
    const rule = ruleOf({ baseSeconds: 10, jitterSeconds: 4 });
    expect(draw({ rule, random: 0 })).toEqual({ notBeforeMs: 10_000, jitterSeconds: 0 });
    expect(draw({ rule, random: 0.5 })).toEqual({ notBeforeMs: 12_000, jitterSeconds: 2 });
    expect(draw({ rule, random: 0.99999 })).toEqual({ notBeforeMs: 14_000, jitterSeconds: 4 });
  });

  it('can be recomputed from rule, number and jitter (RETRY-3, RETRY-4)', () => {
    fc.assert(
      fc.property(input, (given) => {
        const drawn = nextAttempt(given);
        if (drawn === null) return;
        const { rule, attemptsUsed, nowMs } = given;
        const declared = Math.min(rule.capSeconds, rule.baseSeconds * rule.factor ** (attemptsUsed - 1));
        const jitterMs = Math.round(Number(drawn.jitterSeconds.toFixed(3)) * 1000);
        expect(drawn.notBeforeMs).toBe(nowMs + Math.round(declared * 1000) + jitterMs);
        expect(jitterMs).toBeGreaterThanOrEqual(0);
        expect(jitterMs).toBeLessThanOrEqual(Math.round(rule.jitterSeconds * 1000));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is always a whole time, never before now (RETRY-3)', () => {
    fc.assert(
      fc.property(input, (given) => {
        const drawn = nextAttempt({ ...given, rule: { ...given.rule, on: CLASSES, maxAttempts: 101 } });
        if (given.failureClass === 'cancelled') expect(drawn).toBeNull();
        else expect(Number.isSafeInteger(drawn?.notBeforeMs) && (drawn?.notBeforeMs ?? -1) >= given.nowMs).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('waits no less after a later attempt (RETRY-3)', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 1, max: 98 }), (declared, n) => {
        const delays = [n, n + 1].map(
          (used) => delaySeconds({ ...declared, on: CLASSES, maxAttempts: 100 }, used) ?? 0,
        );
        expect(delays[1]).toBeGreaterThanOrEqual(delays[0] ?? 0);
      }),
    );
  });
});
