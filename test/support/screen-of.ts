const ESCAPE = '\x1b';
const TOKENS = new RegExp(`${ESCAPE}\\[(\\d*)([AJ])|${ESCAPE}\\[[\\d;]*m|\\r|\\n|[^${ESCAPE}\\r\\n]`, 'gu');

/** What a terminal shows after this output: enough of one for a program that draws lines over again. Colours are left out. */
export function linesOnScreen(output: string): readonly string[] {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  for (const [token, count, command] of output.matchAll(TOKENS)) {
    if (command === 'A') row = Math.max(0, row - Number(count || 1));
    else if (command === 'J') {
      lines.length = row + 1;
      lines[row] = (lines[row] ?? '').slice(0, column);
    } else if (token === '\r') column = 0;
    else if (token === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (!token.startsWith(ESCAPE)) {
      lines[row] = (lines[row] ?? '').slice(0, column).padEnd(column) + token;
      column += 1;
    }
  }
  return lines;
}
