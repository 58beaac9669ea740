import type { ClientLogLines } from '../../../contract/client/log-lines-routes.ts';

/** What is drawn of one line. Longer ones would hold the page up: laying out 1 MiB takes 70 ms. */
export const SHOWN_CHARACTERS = 4096;

/** A line as it is kept: raw, control sequences and all, but no longer than what is drawn. */
export interface LogLine {
  readonly text: string;
  /** That many bytes of it are not drawn. */
  readonly moreBytes: number;
  /** The daemon has sent only its beginning: how long it is is not known. */
  readonly isBeginning: boolean;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Of a line that was written over and over, as a progress bar does, the last that stood there. */
export function lastWritten(raw: string): string {
  let end = raw.length;
  while (end > 0 && raw.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
  return raw.slice(raw.lastIndexOf('\r', end - 1) + 1, end);
}

const CARRIAGE_RETURN = 13;

export function lineOf(raw: string, isBeginning: boolean): LogLine {
  const written = lastWritten(raw);
  if (written.length <= SHOWN_CHARACTERS) return { text: written, moreBytes: 0, isBeginning };
  const splitsPair = /[\uD800-\uDBFF]/.test(written.charAt(SHOWN_CHARACTERS - 1));
  const shown = SHOWN_CHARACTERS - (splitsPair ? 1 : 0);
  const moreBytes = encoder.encode(written.slice(shown)).length;
  // Copied: a slice would keep the whole line in memory.
  return { text: decoder.decode(encoder.encode(written.slice(0, shown))), moreBytes, isBeginning };
}

export function linesOf({
  lines,
  numbers,
  cut,
}: Pick<ClientLogLines, 'lines' | 'numbers' | 'cut'>): readonly LogLine[] {
  const beginnings = new Set(cut);
  return lines.map((raw, index) => lineOf(raw, beginnings.has(numbers[index] ?? -1)));
}
