import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../main/cli/duration.ts';

describe('durations', () => {
  it.each([
    ['2s', 2000],
    ['500ms', 500],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['2h0m0s', 7_200_000],
    ['60', 60_000],
    ['0', 0],
    ['.5s', 500],
    ['100us', 0.1],
  ])('reads %s', (text, durationMs) => {
    expect(parseDuration(text)).toBeCloseTo(durationMs, 6);
  });

  it.each(['', 'abc', '5 m', '-5s', '5x', 's', '1m 30s', '1e3'])('does not read %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it.each([
    [0, '0s'],
    [2000, '2s'],
    [2500, '2.5s'],
    [500, '500ms'],
    [90_000, '1m30s'],
    [60_000, '1m0s'],
    [7_200_000, '2h0m0s'],
  ])('writes %d ms', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBeCloseTo(durationMs, 3);
      }),
    );
  });
});
