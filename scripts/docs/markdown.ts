type Cells = readonly string[];

/** A table; what is in a cell stays in it. */
export function table(titles: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells): string => `| ${cells.map(inCell).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const inCell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

export const code = (text: string): string => `\`${text}\``;

/** As it stands at the end of a list of choices. */
export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

export const fenced = (text: string): string => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;

/** A sentence that ends as one. */
export const sentence = (text: string): string => (/[.!?:]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** Puts each part where the text has a comment of its name, and says who made the page. */
export function fillIn(text: string, parts: Readonly<Record<string, string>>): string {
  const filled = Object.entries(parts).reduce((page, [name, part]) => {
    const place = `<!-- ${name} -->`;
    if (!page.includes(place)) throw new Error(`there is no place for ${name}`);
    return page.replace(place, () => part);
  }, text);
  return `<!-- Made by npm run docs: change scripts/docs, not this page. -->\n\n${filled.trimEnd()}\n`;
}
