/**
 * A set of byte patterns made ready for one pass over text, after Wu and Manber: the last three bytes of a window say
 * how far the window may move before a pattern can begin, so most bytes are never looked at.
 */
export interface PatternSet {
  /** Length of the window: every pattern is at least as long. 0 for an empty set. */
  readonly window: number;
  readonly longest: number;
  /** By the hash of a window's last three bytes: how far the window may move; 0 means that a pattern may begin here. */
  readonly shifts: Uint8Array;
  /** Patterns by the hash of the last three bytes of their first window, longest first. */
  readonly candidates: ReadonlyMap<number, readonly Uint8Array[]>;
  /** By the first two bytes: 1 where a pattern begins with them. */
  readonly openings: Uint8Array;
  readonly byFirstByte: ReadonlyMap<number, readonly Uint8Array[]>;
}

const blockBytes = 3;
const hashSlots = 1 << 17;

/** Beyond this a longer window saves little and fills the table. */
const widestWindow = 16;

/** Seven bits of each byte, overlapping by two: text of one alphabet spreads over the whole table. */
export const blockHash = (first: number, second: number, third: number): number =>
  (first ^ (second << 5) ^ (third << 10)) & (hashSlots - 1);

export const openingOf = (first: number, second: number): number => (first << 8) | second;

/** Every pattern must be at least three bytes long. */
export function preparePatterns(patterns: readonly Uint8Array[]): PatternSet {
  const shortest = patterns.reduce((least, pattern) => Math.min(least, pattern.length), Number.POSITIVE_INFINITY);
  if (shortest < blockBytes) throw new RangeError(`a pattern of ${shortest} bytes is too short to look for`);
  const window = patterns.length === 0 ? 0 : Math.min(shortest, widestWindow);
  const longestFirst = patterns.toSorted((left, right) => right.length - left.length);
  return {
    window,
    longest: longestFirst[0]?.length ?? 0,
    shifts: shiftTable(patterns, window),
    candidates: Map.groupBy(longestFirst, (pattern) => blockEndingAt(pattern, window - 1)),
    openings: openingTable(patterns),
    byFirstByte: Map.groupBy(longestFirst, (pattern) => pattern[0] ?? 0),
  };
}

function shiftTable(patterns: readonly Uint8Array[], window: number): Uint8Array {
  const shifts = new Uint8Array(hashSlots).fill(Math.max(1, window - blockBytes + 1));
  for (const pattern of patterns) {
    for (let end = blockBytes - 1; end < window; end += 1) {
      const slot = blockEndingAt(pattern, end);
      shifts[slot] = Math.min(shifts[slot] ?? 0, window - 1 - end);
    }
  }
  return shifts;
}

function openingTable(patterns: readonly Uint8Array[]): Uint8Array {
  const openings = new Uint8Array(1 << 16);
  for (const pattern of patterns) openings[openingOf(pattern[0] ?? 0, pattern[1] ?? 0)] = 1;
  return openings;
}

const blockEndingAt = (bytes: Uint8Array, end: number): number =>
  blockHash(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, bytes[end] ?? 0);
