import type { Note } from './notes.ts';

/** The comments as one message: each with its file and lines, the lines themselves, and what is wanted of them. */
export function requestText(notes: readonly Note[], opening: string): string {
  const parts = notes.map(({ path, start, end, side, quote, text }) => {
    const place = start === 0 ? path : `${path}:${start}${end === start ? '' : `-${end}`}`;
    const where = side === 'deletions' && start !== 0 ? `${place} (lines that were deleted)` : place;
    return [where, ...quoted(quote), text.trim()].join('\n');
  });
  return [opening.trim(), ...parts].filter((part) => part !== '').join('\n\n');
}

const MOST_LINES_QUOTED = 12;
const MOST_CHARACTERS_QUOTED = 400;

function quoted(quote: string): readonly string[] {
  if (quote === '') return [];
  const lines = quote.split('\n');
  const shown = lines
    .slice(0, MOST_LINES_QUOTED)
    .map((line) => `> ${line.length > MOST_CHARACTERS_QUOTED ? `${line.slice(0, MOST_CHARACTERS_QUOTED)} …` : line}`);
  return lines.length > shown.length ? [...shown, `> … ${lines.length - shown.length} more lines`] : shown;
}
