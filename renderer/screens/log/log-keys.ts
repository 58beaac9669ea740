/** What a key does in a log. */
export type LogDeed =
  | 'find'
  | 'next-hit'
  | 'previous-hit'
  | 'follow'
  | 'wrap'
  | 'times'
  | 'next-error'
  | 'previous-error'
  | 'copy-link'
  | 'copy'
  | 'select-all'
  | 'whole-line'
  | 'leave-selection';

export interface LogKey {
  readonly key: string;
  readonly isModified: boolean;
  readonly isShifted: boolean;
  readonly hasLetterKeys: boolean;
}

const LETTERS: Readonly<Record<string, LogDeed>> = {
  f: 'follow',
  w: 'wrap',
  t: 'times',
  n: 'next-error',
  p: 'previous-error',
  l: 'copy-link',
};

const MODIFIED: Readonly<Record<string, LogDeed>> = { f: 'find', c: 'copy', a: 'select-all' };

/** Null: the key is none of the log's. Letters act only for who has not turned them off. */
export function deedOf({ key, isModified, isShifted, hasLetterKeys }: LogKey): LogDeed | null {
  if (key === 'F3') return isShifted ? 'previous-hit' : 'next-hit';
  if (isModified) return isShifted ? null : (MODIFIED[key.toLowerCase()] ?? null);
  if (key === 'Escape') return 'leave-selection';
  if (key === 'Enter') return 'whole-line';
  return hasLetterKeys ? (LETTERS[key] ?? null) : null;
}

export interface LinePlace {
  readonly active: number;
  readonly lines: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

const STEPS: Readonly<Record<string, (place: LinePlace) => number>> = {
  ArrowDown: ({ active }) => active + 1,
  ArrowUp: ({ active }) => active - 1,
  PageDown: ({ active, page }) => active + page,
  PageUp: ({ active, page }) => active - page,
  Home: () => 0,
  End: ({ lines }) => lines - 1,
};

/** The line that a key leads to; null: it is none that moves. */
export function lineAfter(key: string, place: LinePlace): number | null {
  const to = STEPS[key]?.(place) ?? null;
  return to === null ? null : Math.max(0, Math.min(place.lines - 1, to));
}
