import { blockHash, openingOf, type PatternSet } from './pattern-set.ts';

/** One occurrence: the bytes from `start` up to and without `end`. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
}

/** Occurrences in the order of their starts; of several that start together only the longest. */
export function findPatterns(text: Uint8Array, set: PatternSet): readonly Occurrence[] {
  const found: Occurrence[] = [];
  if (set.window === 0) return found;
  const { shifts, window } = set;
  const length = text.length;
  let last = window - 1;
  while (last < length) {
    const slot = blockHash(text[last - 2] ?? 0, text[last - 1] ?? 0, text[last] ?? 0);
    const shift = shifts[slot] ?? 1;
    if (shift === 0) {
      const start = last - window + 1;
      const pattern = longestAt(text, start, set.candidates.get(slot) ?? []);
      if (pattern !== undefined) found.push({ start, end: start + pattern.length });
      last += 1;
    } else {
      last += shift;
    }
  }
  return found;
}

function longestAt(text: Uint8Array, start: number, longestFirst: readonly Uint8Array[]): Uint8Array | undefined {
  for (const pattern of longestFirst) {
    if (start + pattern.length <= text.length && agree(text, start, pattern)) return pattern;
  }
  return undefined;
}

/** Where the shortest suffix begins that no further byte can be ignored for: a proper prefix of a pattern, or the end. */
export function openSuffixStart(text: Uint8Array, set: PatternSet): number {
  const length = text.length;
  for (let start = Math.max(0, length - set.longest + 1); start < length; start += 1) {
    if (isOpen(text, start, set)) return start;
  }
  return length;
}

function isOpen(text: Uint8Array, start: number, set: PatternSet): boolean {
  const first = text[start] ?? 0;
  const second = text[start + 1];
  if (second !== undefined && set.openings[openingOf(first, second)] === 0) return false;
  const patterns = set.byFirstByte.get(first) ?? [];
  return patterns.some((pattern) => pattern.length > text.length - start && agree(text, start, pattern));
}

/** Whether the pattern and the text from `start` on are equal as far as both go. */
function agree(text: Uint8Array, start: number, pattern: Uint8Array): boolean {
  const length = Math.min(pattern.length, text.length - start);
  for (let index = 0; index < length; index += 1) {
    if (text[start + index] !== pattern[index]) return false;
  }
  return true;
}
