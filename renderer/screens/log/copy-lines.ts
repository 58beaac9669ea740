import { announce } from '../../app/announcements.ts';
import { plural } from '../../words/format-number.ts';
import { inOrder, type LineSelection, selectedColumns } from './line-selection.ts';
import { lastWritten } from './line-text.ts';
import type { LogReader } from './log-reader.ts';
import { plainText } from './parse-ansi.ts';

/** More belongs into a file. */
const MOST_LINES = 200_000;
const PAGE_LINES = 5000;

/**
 * Copies what is selected, without numbers and control sequences, whether or not its lines are here. A browser lets a
 * page write to the clipboard only while a key is being handled: it is given the promise of a text.
 */
export function copySelection(reader: LogReader, selection: LineSelection): void {
  const { from, to } = inOrder(selection);
  const lines = to.line - from.line + 1;
  if (lines > MOST_LINES) {
    announce(`Not copied: ${plural(lines, 'line')} are too many. Save the log instead`);
    return;
  }
  const text = selectedText(reader, selection).then((whole) => new Blob([whole], { type: 'text/plain' }));
  navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
    () => announce(`Copied ${plural(lines, 'line')}`),
    () => announce('Not copied: the lines could not be read, or the page has lost the focus'),
  );
}

/** Rejects when a line cannot be read: half a selection is none. */
async function selectedText(reader: LogReader, selection: LineSelection): Promise<string> {
  const { from, to } = inOrder(selection);
  const parts: string[] = [];
  const { signal } = new AbortController();
  for (let line = from.line; line <= to.line; ) {
    const limit = Math.min(PAGE_LINES, to.line - line + 1);
    const answer = await reader.lines({ offset: line, limit, signal });
    if (!answer.ok || answer.value.lines.length === 0) throw new Error(`line ${line} could not be read`);
    for (const raw of answer.value.lines) {
      const [start, end] = selectedColumns(selection, line) ?? [0, 0];
      parts.push(plainText(lastWritten(raw)).slice(start, end));
      line += 1;
    }
  }
  return parts.join('\n');
}
