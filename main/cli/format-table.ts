import { paint, type Tone } from './state-tone.ts';
import type { Screen } from './terminal.ts';
import { cutText, textWidth } from './text-width.ts';

export interface Column {
  readonly title: string;
  /** The least width where no screen has to be fitted: what inherited clients print. */
  readonly width: number;
  /** What becomes of it on a screen that is too narrow. A column of ids does neither: the next command needs them. */
  readonly whenNarrow?: 'shorten' | 'leave out';
  readonly tone?: (cell: string) => Tone | null;
}

type Row = readonly string[];

/** Left-aligned columns with a rule under the titles. On a screen it fits the width; elsewhere nothing is ever cut. */
export function formatTable(screen: Screen, columns: readonly Column[], rows: readonly Row[]): string {
  const size = screen.size();
  const widths = size === null ? inheritedWidths(columns, rows) : fittingWidths(columns, rows, size.columns);
  const cellOf = (text: string, index: number, tone: Tone | null): string => {
    const width = widths[index] ?? 0;
    const shown = size === null ? text : cutText(text, width);
    return `${paint(screen, tone, shown)}${' '.repeat(Math.max(0, width - textWidth(shown)))}`;
  };
  const lineOf = (cells: readonly string[]): string =>
    cells
      .filter((_cell, index) => widths[index] !== 0)
      .join(' ')
      .trimEnd();
  const titles = lineOf(columns.map(({ title }, index) => cellOf(title, index, null)));
  const lines = rows.map((row) =>
    lineOf(columns.map(({ tone }, index) => cellOf(row[index] ?? '', index, tone?.(row[index] ?? '') ?? null))),
  );
  return `${[titles, '-'.repeat(lengthOf(widths)), ...lines].join('\n')}\n`;
}

/** Of a whole line: a space between the columns that are there. */
const lengthOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + 1), -1);

const contentWidths = (columns: readonly Column[], rows: readonly Row[]): readonly number[] =>
  columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), textWidth(title)),
  );

const inheritedWidths = (columns: readonly Column[], rows: readonly Row[]): readonly number[] =>
  contentWidths(columns, rows).map((width, index) => Math.max(width, columns[index]?.width ?? 0));

/** Below it a shortened text says nothing any more. */
const LEAST_TEXT = 12;

/**
 * Columns as wide as what is in them. What is too much is taken from those that may be shortened; where that is not
 * enough, one column after the other is left out, from the right, and at last the texts shrink to nothing.
 */
function fittingWidths(columns: readonly Column[], rows: readonly Row[], available: number): readonly number[] {
  const natural = contentWidths(columns, rows);
  const optional = [...columns.keys()].filter((index) => columns[index]?.whenNarrow === 'leave out').toReversed();
  const left = [...optional.keys(), optional.length].map((count) => optional.slice(0, count));
  const candidates = left.map((leftOut) => natural.map((width, index) => (leftOut.includes(index) ? 0 : width)));
  const shortened = candidates.map((widths) => shorten(columns, widths, { available, least: LEAST_TEXT }));
  const fitting = shortened.find((widths) => lengthOf(widths) <= available);
  return fitting ?? shorten(columns, shortened.at(-1) ?? natural, { available, least: 0 });
}

interface Limits {
  readonly available: number;
  readonly least: number;
}

/** Takes from the widest first, so that long texts lose before short ones. */
function shorten(columns: readonly Column[], natural: readonly number[], { available, least }: Limits) {
  const widths = [...natural];
  for (let excess = lengthOf(widths) - available; excess > 0; excess = lengthOf(widths) - available) {
    const [widest, second] = widths
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => columns[index]?.whenNarrow === 'shorten' && width > least)
      .toSorted((one, other) => other.width - one.width);
    if (widest === undefined) break;
    const next = second === undefined ? least : Math.min(second.width, widest.width - 1);
    widths[widest.index] = Math.max(least, next, widest.width - excess);
  }
  return widths;
}
