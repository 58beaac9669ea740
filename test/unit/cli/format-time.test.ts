import { describe, expect, it } from 'vitest';
import { formatElapsed, formatMinute, formatSecond } from '../../../main/cli/format-time.ts';

describe('times for people', () => {
  it.each([
    [0, '0 ms'],
    [99.4, '99 ms'],
    [100, '0.1 s'],
    [9_940, '9.9 s'],
    [12_400, '12 s'],
    [59_600, '1 min 0 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms took %s', (elapsedMs, text) => {
    expect(formatElapsed(elapsedMs)).toBe(text);
  });

  it('are in UTC, and nothing for no time', () => {
    const atMs = Date.UTC(2026, 10, 20, 6, 36, 29, 767);
    expect([formatSecond(atMs), formatMinute(atMs)]).toEqual(['2026-11-20T06:36:29Z', '2026-11-20 06:36']);
    expect([formatSecond(null), formatMinute(null)]).toEqual(['', '']);
  });
});
