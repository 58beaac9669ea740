/** A place in a log: a line and a character of its text, both from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What is selected, from where it began to where it is; it may lie across lines that are not here. */
export interface LineSelection {
  readonly anchor: TextPlace;
  readonly focus: TextPlace;
}

export const LINE_END = Number.MAX_SAFE_INTEGER;

const isBefore = (a: TextPlace, b: TextPlace): boolean =>
  a.line < b.line || (a.line === b.line && a.column <= b.column);

export const inOrder = ({ anchor, focus }: LineSelection): { readonly from: TextPlace; readonly to: TextPlace } =>
  isBefore(anchor, focus) ? { from: anchor, to: focus } : { from: focus, to: anchor };

export const isEmptySelection = ({ anchor, focus }: LineSelection): boolean =>
  anchor.line === focus.line && anchor.column === focus.column;

/** The characters of a line that are selected; null: none. */
export function selectedColumns(selection: LineSelection, line: number): readonly [number, number] | null {
  const { from, to } = inOrder(selection);
  if (line < from.line || line > to.line || isEmptySelection(selection)) return null;
  return [line === from.line ? from.column : 0, line === to.line ? to.column : LINE_END];
}

/** Whole lines, as the keyboard selects them. */
export const wholeLines = (anchorLine: number, focusLine: number): LineSelection =>
  anchorLine <= focusLine
    ? { anchor: { line: anchorLine, column: 0 }, focus: { line: focusLine, column: LINE_END } }
    : { anchor: { line: anchorLine, column: LINE_END }, focus: { line: focusLine, column: 0 } };
