/** A row of a text as it is drawn: a line, or a part of one that is too long to draw at once. */
export interface TextRow {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** It goes on where the row above it ends. */
  readonly isContinued: boolean;
}

const ROW_CHARACTERS = 1000;

/** Lines end with a line feed, with or without a carriage return; one at the end of the text begins no further line. */
export function splitRows(text: string): readonly TextRow[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line, index) => rowsOf(line.endsWith('\r') ? line.slice(0, -1) : line, index + 1));
}

function rowsOf(text: string, line: number): readonly TextRow[] {
  if (text.length <= ROW_CHARACTERS) return [{ line, text, isContinued: false }];
  const rows: TextRow[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOf(text, from + ROW_CHARACTERS);
    rows.push({ line, text: text.slice(from, to), isContinued: from > 0 });
    from = to;
  }
  return rows;
}

/** Never between the two halves of one character. */
const endOf = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at;
