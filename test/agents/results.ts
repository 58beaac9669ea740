import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { currentIsolation, DESCRIPTIONS } from './isolation.ts';
import { PROGRAMS, PROGRAMS_FOLDER } from './programs.ts';

const FILE = join(import.meta.dirname, 'RESULTS.md');
const TABLE = '## What each comes to';
const TIMES = '## Seconds';

export interface ResultCell {
  readonly row: string;
  readonly column: string;
  readonly text: string;
  readonly seconds?: number;
}

export interface Results {
  readonly write: (cell: ResultCell) => void;
  /** Where the table in the file says something else, in words. */
  readonly differences: () => readonly string[];
  /** Writes the file when every cell is known. */
  readonly close: () => void;
}

export interface ResultTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** The table of the whole matrix, kept in RESULTS.md. Cells hold nothing that differs from run to run. */
export function openResults({ rows, columns }: ResultTable): Results {
  const cells = new Map<string, ResultCell>();
  const keyOf = (row: string, column: string) => `${row}\n${column}`;
  const cellOf = (row: string, column: string) => cells.get(keyOf(row, column));
  const before = keptTable();
  const tableLines = () => {
    const notes = new Map<string, number>();
    const lines = rows.map((row) => line([row, ...columns.map((column) => shown(cellOf(row, column)?.text, notes))]));
    const reasons = [...notes].map(([reason, number]) => `${number}. ${reason}`);
    return [...head(['', ...columns]), ...lines, '', 'n/a, because it:', '', ...reasons];
  };
  return {
    write: (cell) => cells.set(keyOf(cell.row, cell.column), cell),
    differences: () => (before === null ? [] : changed(before, tableLines())),
    close() {
      if (rows.some((row) => columns.some((column) => cellOf(row, column) === undefined))) return;
      const times = rows.map((row) =>
        line([row, ...columns.map((column) => cellOf(row, column)?.seconds?.toFixed(0) ?? '')]),
      );
      const parts = [...preface(), TABLE, '', ...tableLines(), '', ...timesHead(), ...head(['', ...columns]), ...times];
      writeFileSync(FILE, `${parts.join('\n')}\n`);
    },
  };
}

function keptTable(): readonly string[] | null {
  if (!existsSync(FILE)) return null;
  const text = readFileSync(FILE, 'utf8');
  return text
    .slice(text.indexOf(TABLE) + TABLE.length, text.indexOf(TIMES))
    .trim()
    .split('\n');
}

const changed = (before: readonly string[], after: readonly string[]): readonly string[] => [
  ...before.filter((one) => !after.includes(one)).map((one) => `- ${one}`),
  ...after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`),
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): readonly string[] => [line(cells), line(cells.map(() => '---'))];

/** A reason is a note under the table. */
function shown(text = '', notes: Map<string, number>): string {
  const reason = /^n\/a: (.*)$/.exec(text)?.[1];
  if (reason === undefined) return text;
  const number = notes.get(reason) ?? notes.size + 1;
  notes.set(reason, number);
  return `n/a (${number})`;
}

function preface(): readonly string[] {
  const isolation = currentIsolation();
  const versions = Object.entries(PROGRAMS).map(([name, { package: home }]) => `${name} ${versionOf(home)}`);
  const date = new Date().toISOString().slice(0, 10);
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim();
  return [
    '# Results of `npm run test:agents -- --all`',
    '',
    `${date}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${git}. ` +
      `Isolation: ${isolation === null ? 'none' : DESCRIPTIONS[isolation]}.`,
    '',
    `${versions.join(', ')}.`,
    '',
    "The vendors' own programs under a daemon, with a scripted model that fails or works as the row says. A cell is what the step came to: " +
      '`completed`, or the class of its failure. Agents that can be told how often to try again are told once. After each cell no process of ' +
      "the agent was alive, no file of it was left but the vendor's own known ones, and the live checkout was as before.",
    '',
  ];
}

const timesHead = (): readonly string[] => [
  TIMES,
  '',
  'From the submission to the end, on the machine of that run.',
  '',
];

function versionOf(name: string): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(PROGRAMS_FOLDER, name, 'package.json'), 'utf8'),
  );
  return version;
}
