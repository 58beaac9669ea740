import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../bench/statistics.ts';

describe('summarize', () => {
  it('takes percentiles by nearest rank', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarize(samples)).toEqual({ count: 100, min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it('answers only with samples, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (samples) => {
        const { min, p50, p95, p99, max } = summarize(samples);
        const picked = [min, p50, p95, p99, max];
        expect(picked.every((value) => samples.includes(value))).toBe(true);
        expect(picked).toEqual(picked.toSorted((a, b) => a - b));
      }),
    );
  });

  it('refuses to say anything about nothing', () => {
    expect(() => summarize([])).toThrow('no samples');
  });
});
