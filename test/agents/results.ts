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

/**
 * The table of the whole matrix, kept in RESULTS.md. Cells hold nothing that differs from run to run. Those that were not
 * tried this time stay as they are.
 */
export function openResults({ rows, columns }: ResultTable): Results {
  const cells = new Map<string, ResultCell>();
  const keyOf = (row: string, column: string) => `${row}\n${column}`;
  const kept = { texts: readTable(TABLE), seconds: readTable(TIMES) };
  const textOf = (row: string, column: string) =>
    cells.get(keyOf(row, column))?.text ?? kept.texts.get(keyOf(row, column));
  const secondsOf = (row: string, column: string) => {
    const cell = cells.get(keyOf(row, column));
    return cell === undefined ? kept.seconds.get(keyOf(row, column)) : cell.seconds?.toFixed(0);
  };
  const table = (show: typeof textOf) => [
    ...head(['', ...columns]),
    ...rows.map((row) => line([row, ...columns.map((column) => show(row, column) ?? '')])),
  ];
  return {
    write: (cell) => cells.set(keyOf(cell.row, cell.column), cell),
    differences: () =>
      [...cells.values()].flatMap(({ row, column, text }) => {
        const before = kept.texts.get(keyOf(row, column));
        return before === undefined || before === text || isNotAvailable(text)
          ? []
          : [`${row}, ${column}: ${before} → ${text}`];
      }),
    close() {
      if (rows.some((row) => columns.some((column) => textOf(row, column) === undefined))) return;
      const notes = new Map<string, number>();
      const lines = table((row, column) => withNote(textOf(row, column) ?? '', notes));
      const reasons = [...notes].map(([reason, number]) => `${number}. ${reason}`);
      const known = [TABLE, '', ...lines, '', 'n/a, because it', '', ...reasons, ''];
      writeFileSync(FILE, `${[...preface(), ...known, ...timesHead(), ...table(secondsOf)].join('\n')}\n`);
    },
  };
}

/** The cells of the table under a heading of the file, by row and column. */
function readTable(heading: string): ReadonlyMap<string, string> {
  if (!existsSync(FILE)) return new Map();
  const [, after = ''] = readFileSync(FILE, 'utf8').split(heading);
  const [[, ...columns] = [], , ...rows] = (after.split(/^## /m)[0] ?? '')
    .split('\n')
    .filter((one) => one.startsWith('|'))
    .map((one) =>
      one
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const cells = rows.flatMap(([row, ...texts]) =>
    texts.map((text, index) => [`${row}\n${columns[index]}`, text] as const),
  );
  return new Map(cells);
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): readonly string[] => [line(cells), line(cells.map(() => '---'))];

const isNotAvailable = (text: string): boolean => text.startsWith('n/a');

/** A reason is a note under the table. */
function withNote(text: string, notes: Map<string, number>): string {
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
