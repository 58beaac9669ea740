import { type CommandRow, SECTIONS } from './command-table.ts';

/** Wide enough for the longest row without its optional arguments, and narrow enough for 80 columns in all. */
const COLUMN = 34;
/** The same with everything in it. */
const FULL_COLUMN = 62;

/** Everything that can be called, by what it is about. */
export function overview(programName: string): string {
  const sections = SECTIONS.map(({ title, rows }) => `\n${title}:\n${rows.map(shortRowText).join('')}`);
  return `Usage: ${programName} <command> [args]\n${sections.join('')}\n${FOOTER}`;
}

const FOOTER = `Every command takes --help, which shows its flags, and --json: one document on
stdout, everything else on stderr. Exit codes: 0 done, 1 wrong input, 2 failed,
3 timeout, 4 somebody has to act, 5 no daemon or a fault.
`;

/** What may be left out is told by the command's own help. */
function shortRowText({ words, args, summary }: CommandRow): string {
  const needed = args.replace(/ ?\[[^\]]*\]/g, '').trim();
  return `  ${`${words} ${needed}`.padEnd(COLUMN)} ${summary}\n`;
}

const rowText = (row: CommandRow): string => `  ${`${row.words} ${row.args}`.padEnd(FULL_COLUMN)} ${row.summary}\n`;

/** The commands under one first word. */
export function groupUsage(programName: string, group: string): string {
  const rows = rowsOf(group);
  const names = rows.map(({ words }) => words.split(' ')[1]).join('|');
  return `Usage: ${programName} ${group} <${names}> [args]\n${rows.map(rowText).join('')}`;
}

export const isGroup = (word: string): boolean => rowsOf(word).length > 0;

const rowsOf = (group: string): readonly CommandRow[] =>
  SECTIONS.flatMap(({ rows }) => rows).filter(({ words }) => words.startsWith(`${group} `));
