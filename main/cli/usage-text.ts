import type { CommandRow } from './command-section.ts';
import { SECTIONS } from './command-table.ts';

/** Wide enough for the longest row without its optional arguments, and narrow enough for 80 columns in all. */
const COLUMN = 34;
/** What a terminal shows without breaking lines. */
const WIDTH = 80;

/** Everything that can be called, by what it is about. */
export function overview(programName: string): string {
  const sections = SECTIONS.map(({ title, rows }) => `\n${title}:\n${rows.map(shortRowText).join('')}`);
  return `Usage: ${programName} <command> [args]\n${sections.join('')}\n${FOOTER}`;
}

const FOOTER = `Every command takes --help, which shows its flags, and --json: one document on
stdout (events and watch: one a line), everything else on stderr. runs, steps,
gates, attempts and artifacts list. Exit codes: 0 done, 1 wrong input, 2 failed,
3 timeout, 4 somebody has to act, 5 no daemon or a fault.
Documents: resources/docs, which a running daemon shows under /help.
`;

/** What may be left out is told by the command's own help. */
function shortRowText({ words, args, summary }: CommandRow): string {
  const needed = args.replace(/ ?\[[^\]]*\]/g, '').trim();
  return `  ${`${words} ${needed}`.padEnd(COLUMN)} ${summary}\n`;
}

/** With everything in it; the summary gets a line of its own where both do not fit on one. */
function rowText({ words, args, summary }: CommandRow): string {
  const call = `${words} ${args}`.trimEnd();
  const indent = ' '.repeat(COLUMN + 3);
  return call.length > COLUMN ? `  ${call}\n${indent}${summary}\n` : `  ${call.padEnd(COLUMN)} ${summary}\n`;
}

/** The commands under one first word. */
export function groupUsage(programName: string, group: string): string {
  const rows = rowsOf(group);
  const usage = (names: string): string => `Usage: ${programName} ${group} <${names}> [args]`;
  const all = usage(rows.map(({ words }) => words.split(' ')[1]).join('|'));
  return `${all.length > WIDTH ? usage('command') : all}\n${rows.map(rowText).join('')}`;
}

export const isGroup = (word: string): boolean => rowsOf(word).length > 0;

const rowsOf = (group: string): readonly CommandRow[] =>
  SECTIONS.flatMap(({ rows }) => rows).filter(({ words }) => words.startsWith(`${group} `));
