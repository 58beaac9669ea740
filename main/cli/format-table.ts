export interface Column {
  readonly title: string;
  readonly width: number;
}

/** A table as inherited clients print it: left-aligned columns of a least width, a rule under the titles. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ width }, index) => Math.max(width, ...rows.map((row) => (row[index] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(' ')
      .trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 1, -1));
  return `${[line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join('\n')}\n`;
}
