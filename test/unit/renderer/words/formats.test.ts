import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, plural } from '../../../../renderer/words/format-number.ts';
import { formatAge, formatDuration, formatMoment } from '../../../../renderer/words/format-time.ts';

describe('durations', () => {
  it.each([
    [-5, '0.0 s'],
    [800, '0.8 s'],
    [9999, '10.0 s'],
    [42_400, '42 s'],
    [252_000, '4m 12s'],
    [7_500_000, '2h 05m'],
  ])('%i ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('ages', () => {
  const NOW = Date.UTC(2026, 0, 10);
  it.each([
    [0, 'now'],
    [42_000, '42 s'],
    [12 * 60_000, '12 min'],
    [3 * 3_600_000, '3 h'],
  ])('%i ms ago is %s', (age, text) => expect(formatAge(NOW - age, NOW)).toBe(text));

  it('are dates from a day on', () => expect(formatAge(Date.UTC(2025, 11, 24, 12), NOW)).toMatch(/24.*2025/));
});

it('a moment is the same length whenever it is', () => {
  expect(formatMoment(new Date(2026, 0, 9, 4, 5).getTime())).toBe('2026-01-09 04:05');
});

it('numbers are grouped, and told with their noun', () => {
  expect([formatCount(10_000), plural(1, 'gate'), plural(1200, 'gate')]).toEqual(['10,000', '1 gate', '1,200 gates']);
});

it.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1434, '1.4 KiB'],
  [12 * 1024 * 1024, '12 MiB'],
  [3 * 1024 ** 5, '3072 TiB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
