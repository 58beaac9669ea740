import { err, ok, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';

/** What inherited answers carry where no time was set. */
const UNSET_TIME = '0001-01-01T00:00:00Z';

const LAST_MS_OF_9999 = 253_402_300_799_999;

/**
 * RFC 3339 in UTC; the fraction has no trailing zeros and is left out when it is nothing. Throws beyond the year 9999.
 * By hand, because `toISOString` was a tenth of what a page of runs costs.
 */
export function formatTime(atMs: EpochMs): string {
  if (atMs > LAST_MS_OF_9999) throw new RangeError(`RFC 3339 has no year for ${atMs} ms`);
  const date = new Date(atMs);
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day}T${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}${fraction(atMs % 1000)}Z`;
}

const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const two = (number: number): string => TWO_DIGITS[number] ?? String(number);

function fraction(milliseconds: number): string {
  if (milliseconds === 0) return '';
  if (milliseconds % 100 === 0) return `.${milliseconds / 100}`;
  if (milliseconds % 10 === 0) return `.${two(milliseconds / 10)}`;
  return `.${String(1000 + milliseconds).slice(1)}`;
}

export const formatTimeOrUnset = (atMs: EpochMs | null): string => (atMs === null ? UNSET_TIME : formatTime(atMs));

export const formatTimeOrNull = (atMs: EpochMs | null): string | null => (atMs === null ? null : formatTime(atMs));

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads RFC 3339 with any offset; what is finer than a millisecond is cut off. The unset time is `null`.
 * Refuses days that do not exist and times before 1970, which no record has.
 */
export function parseTime(text: string): Result<EpochMs | null, string> {
  if (text === UNSET_TIME) return ok(null);
  const match = RFC_3339.exec(text);
  if (match === null) return err('must be an RFC 3339 time such as 2026-11-20T06:43:47Z');
  const field = (index: number): number => Number(match[index] ?? 0);
  const localMs = localTimeMs({ date: [field(1), field(2), field(3)], clock: [field(4), field(5), field(6)] });
  const [offsetHours, offsetMinutes] = [field(9), field(10)];
  if (localMs === null || offsetHours > 23 || offsetMinutes > 59)
    return err(`names a time that does not exist: ${text}`);
  const sign = match[8] === '-' ? -1 : 1;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const atMs = localMs + milliseconds - sign * (offsetHours * 60 + offsetMinutes) * 60_000;
  return atMs >= 0 && atMs <= LAST_MS_OF_9999 ? ok(atMs) : err('must not be before 1970 or after 9999');
}

/** Milliseconds of a calendar time read as UTC, or null when there is no such day or hour. */
function localTimeMs(input: {
  readonly date: readonly [number, number, number];
  readonly clock: readonly [number, number, number];
}): number | null {
  const [year, month, day] = input.date;
  const [hour, minute, second] = input.clock;
  if (month < 1 || hour > 23 || minute > 59 || second > 59) return null;
  // Date.UTC reads years below 100 as 19xx, and moves a 31st of February into March.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.setUTCHours(hour, minute, second, 0) : null;
}
