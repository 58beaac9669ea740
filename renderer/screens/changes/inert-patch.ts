import { formatCount } from '../../words/format-number.ts';

/** A line this long is laid out in a few milliseconds; one of a megabyte takes tens. */
const MAX_LINE = 4096;

/** Control, format and ignorable characters and halves of characters; not the tab, nor what ends a line. */
const UNSEEN = /(?:(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])/gu;

/**
 * One file's part of a patch so that nothing in its lines can hide or reorder what stands beside it: what cannot be seen
 * is written by its name, what is longer than anybody reads is cut and counted. Lines stay lines, so numbers stay true.
 */
export function inertPatch(section: string): string {
  const hunks = section.search(/^@@ /m);
  if (hunks === -1) return section;
  const body = section.slice(hunks);
  return section.slice(0, hunks) + body.split('\n').map(inertLine).join('\n');
}

function inertLine(line: string): string {
  const isCrLf = line.endsWith('\r');
  const whole = isCrLf ? line.slice(0, -1) : line;
  const short =
    whole.length <= MAX_LINE
      ? whole
      : `${whole.slice(0, MAX_LINE)} … ${formatCount(whole.length - MAX_LINE)} more characters`;
  return short.replace(UNSEEN, nameOf) + (isCrLf ? '\r' : '');
}

const nameOf = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
