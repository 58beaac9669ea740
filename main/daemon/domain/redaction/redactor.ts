import { findPatterns, type Occurrence, openSuffixStart } from './find-patterns.ts';
import type { PatternSet } from './pattern-set.ts';

/** Replaces what must not be seen in a stream of bytes; see SPEC.md. One redactor serves one stream. */
export interface Redactor {
  /** Returns what may be shown so far. The answer may share memory with the chunk. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** Returns what was held back; the stream has ended. */
  readonly flush: () => Uint8Array;
  readonly redactions: () => number;
}

export const redactionMarker = '[redacted]';

const marker = Buffer.from(redactionMarker, 'latin1');
const nothing = new Uint8Array(0);

export function createRedactor(set: PatternSet): Redactor {
  let held: Uint8Array = nothing;
  /** So many of the held bytes belong to an occurrence whose marker is already out. */
  let covered = 0;
  let redactions = 0;

  const giveOut = (text: Uint8Array, upTo: number): Uint8Array => {
    const regions = mergeOverlaps(findPatterns(text, set), covered).filter((region) => region.start < upTo);
    const hidden = regions.filter((region) => region.start >= 0);
    redactions += hidden.length;
    held = upTo === text.length ? nothing : new Uint8Array(text.subarray(upTo));
    covered = Math.max(0, (regions.at(-1)?.end ?? 0) - upTo);
    return replaceRegions(text.subarray(0, upTo), regions);
  };

  return {
    push: (chunk) => {
      const text = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      return giveOut(text, openSuffixStart(text, set));
    },
    flush: () => giveOut(held, held.length),
    redactions: () => redactions,
  };
}

/** A region that starts before 0 is one whose marker is already out. */
function mergeOverlaps(occurrences: readonly Occurrence[], covered: number): readonly Occurrence[] {
  const regions: Occurrence[] = covered > 0 ? [{ start: -1, end: covered }] : [];
  for (const occurrence of occurrences) {
    const region = regions.at(-1);
    if (region === undefined || occurrence.start >= region.end) regions.push(occurrence);
    else if (occurrence.end > region.end) regions[regions.length - 1] = { start: region.start, end: occurrence.end };
  }
  return regions;
}

function replaceRegions(text: Uint8Array, regions: readonly Occurrence[]): Uint8Array {
  if (regions.length === 0) return text;
  const pieces: Uint8Array[] = [];
  let shown = 0;
  for (const region of regions) {
    if (region.start >= 0) pieces.push(text.subarray(shown, region.start), marker);
    shown = Math.min(region.end, text.length);
  }
  return Buffer.concat([...pieces, text.subarray(shown)]);
}
