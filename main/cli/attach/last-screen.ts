const NEWLINE = 10;

/** The end of what a terminal has shown: as many lines as it has rows, the one that is not ended among them. */
export function lastScreen(shown: Uint8Array, rows: number): Uint8Array {
  let from = shown.length;
  for (let line = 0; line < rows && from > 0; line += 1) {
    from = from < 2 ? 0 : shown.lastIndexOf(NEWLINE, from - 2) + 1;
  }
  return shown.subarray(from);
}
