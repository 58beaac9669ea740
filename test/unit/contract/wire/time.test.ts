import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatTime, formatTimeOrNull, formatTimeOrUnset, parseTime } from '../../../../contract/wire/time.ts';
import { timeMs } from '../../../support/arbitrary-records.ts';

describe('writing a time', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [1_795_156_727_437, '2026-11-20T06:38:47.437Z'],
    [1_795_156_727_430, '2026-11-20T06:38:47.43Z'],
    [1_795_156_727_400, '2026-11-20T06:38:47.4Z'],
    [1_795_156_727_000, '2026-11-20T06:38:47Z'],
    [1_795_156_730_000, '2026-11-20T06:38:50Z'],
    [1_795_156_727_007, '2026-11-20T06:38:47.007Z'],
    [1_795_156_727_010, '2026-11-20T06:38:47.01Z'],
    [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
  ])('WIRE-5: %i ms is %s', (atMs, text) => {
    expect(formatTime(atMs)).toBe(text);
  });

  it('WIRE-5: it is what the platform writes, without zeros at the end of the fraction', () => {
    fc.assert(
      fc.property(timeMs, (atMs) => {
        expect(formatTime(atMs)).toBe(new Date(atMs).toISOString().replace(/\.?0+Z$/, 'Z'));
      }),
    );
  });

  it('WIRE-5: no time is the first second of year 1, or null where the field is ours', () => {
    expect(formatTimeOrUnset(null)).toBe('0001-01-01T00:00:00Z');
    expect(formatTimeOrUnset(0)).toBe('1970-01-01T00:00:00Z');
    expect(formatTimeOrNull(null)).toBeNull();
  });

  it('WIRE-5: a year that RFC 3339 cannot say is a bug', () => {
    expect(() => formatTime(253_402_300_800_000)).toThrow(RangeError);
  });
});

describe('reading a time', () => {
  it.each([
    ['2026-11-20T06:43:47.437929Z', 1_795_157_027_437],
    ['2026-11-20T06:37:08.020673891Z', 1_795_156_628_020],
    ['2026-11-20T06:37:08.0206738919999Z', 1_795_156_628_020],
    ['2026-11-20T08:37:08+02:00', 1_795_156_628_000],
    ['2026-11-20T00:07:08.5-06:30', 1_795_156_628_500],
    ['2026-11-20t06:37:08z', 1_795_156_628_000],
    ['2028-02-29T00:00:00Z', 1_835_395_200_000],
    ['1970-01-01T01:00:00+01:00', 0],
  ])('WIRE-11: %s', (text, atMs) => {
    expect(parseTime(text)).toEqual({ ok: true, value: atMs });
  });

  it('WIRE-5: the unset time is no time', () => {
    expect(parseTime('0001-01-01T00:00:00Z')).toEqual({ ok: true, value: null });
  });

  it.each([
    '',
    'now',
    '2026-11-20',
    '2026-11-20 06:37:08Z',
    '2026-11-20T06:37:08',
    '2026-11-20T06:37:08+0200',
    '2026-02-30T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T06:60:00Z',
    '2026-11-20T06:37:60Z',
    '2026-11-20T06:37:08+24:00',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '+12026-11-20T06:37:08Z',
    ' 2026-11-20T06:37:08Z',
  ])('WIRE-11: refuses %j', (text) => {
    expect(parseTime(text).ok).toBe(false);
  });

  it('WIRE-12: what was written is read back', () => {
    fc.assert(
      fc.property(timeMs, (atMs) => {
        expect(parseTime(formatTime(atMs))).toEqual({ ok: true, value: atMs });
      }),
    );
  });
});
