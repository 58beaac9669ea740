import { describe, expect, it } from 'vitest';
import { type Bar, type Measure, verdictOf } from '../../bench/measure.ts';

const measure = (bar: Bar | null, ours: number, floor: number | null = null): Measure => ({
  what: 'something',
  unit: 'ms',
  ours,
  floor,
  bar,
});

const atMost50: Bar = { of: 'ours', sense: 'at most', limit: 50, marginPercent: 10 };
const atLeast70Percent: Bar = { of: 'ratio', sense: 'at least', limit: 0.7, marginPercent: 10 };

describe('verdictOf', () => {
  it.each([
    [50, 'holds'],
    [55, 'within noise'],
    [55.1, 'missed'],
  ])('judges %d ms against a bar of 50 ms', (ours, verdict) => {
    expect(verdictOf(measure(atMost50, ours))).toBe(verdict);
  });

  it.each([
    [70, 'holds'],
    [63, 'within noise'],
    [62.9, 'missed'],
  ])('judges %d a second against 0.7 of a floor of 100', (ours, verdict) => {
    expect(verdictOf(measure(atLeast70Percent, ours, 100))).toBe(verdict);
  });

  it('does not blame the product for what its floor misses too', () => {
    expect(verdictOf(measure(atMost50, 80, 51))).toBe('beyond this machine');
    expect(verdictOf(measure(atMost50, 80, 50))).toBe('missed');
    expect(verdictOf(measure(atLeast70Percent, 60, 100))).toBe('missed');
  });

  it('has nothing to say without a bar', () => {
    expect(verdictOf(measure(null, 1))).toBe('no bar');
  });

  it('allows nothing beyond a limit of nothing', () => {
    expect(verdictOf(measure({ of: 'ours', sense: 'at most', limit: 0, marginPercent: 50 }, 1))).toBe('missed');
  });

  it('takes a ratio without a floor for a mistake', () => {
    expect(() => verdictOf(measure(atLeast70Percent, 70))).toThrow('needs a floor');
  });
});
