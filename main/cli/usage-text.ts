import { type CommandRow, SECTIONS } from './command-table.ts';

const COLUMN = 62;

/** Everything that can be called, by what it is about. */
export function overview(programName: string): string {
  const sections = SECTIONS.map(({ title, rows }) => `\n${title}:\n${rows.map(rowText).join('')}`);
  return `Usage: ${programName} <command> [args]\n${sections.join('')}\n${FOOTER}`;
}

const FOOTER = `Every command takes --json (one document on stdout, everything else on stderr) and --help.
Exit codes: 0 done, 1 wrong input, 2 failed, 3 timeout, 4 somebody has to act, 5 no daemon or a fault.
`;

const rowText = (row: CommandRow): string => `  ${`${row.words} ${row.args}`.padEnd(COLUMN)} ${row.summary}\n`;

/** The commands under one first word. */
export function groupUsage(programName: string, group: string): string {
  const rows = rowsOf(group);
  const names = rows.map(({ words }) => words.split(' ')[1]).join('|');
  return `Usage: ${programName} ${group} <${names}> [args]\n${rows.map(rowText).join('')}`;
}

export const isGroup = (word: string): boolean => rowsOf(word).length > 0;

const rowsOf = (group: string): readonly CommandRow[] =>
  SECTIONS.flatMap(({ rows }) => rows).filter(({ words }) => words.startsWith(`${group} `));
