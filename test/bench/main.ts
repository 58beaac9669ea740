import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeMachine } from './machine.ts';
import { ratioOf, verdictOf } from './measure.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { encodeResults, formatResults, missedIn, type NamedReport, type Results } from './report.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const options = readOptions(process.argv.slice(2));
const say = (text: string): void => void process.stderr.write(`${text}\n`);
let workshop: Workshop | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void endEarly().finally(() => process.exit(130)));
}
for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
  process.once(fault, (error: unknown) => {
    say(explain(error));
    void endEarly().finally(() => process.exit(1));
  });
}
process.exitCode = await run(options);

async function run({ extent, only }: Options): Promise<number> {
  const rows = ROWS.filter((row) => only.length === 0 || only.includes(row.name));
  if (rows.length === 0 || only.some((name) => !ROWS.some((row) => row.name === name))) return explainRows();
  const machine = describeMachine(Date.now());
  const reports: NamedReport[] = [];
  const broken: string[] = [];
  for (const row of rows) {
    const report = await measureRow(row).catch((error: unknown) => {
      say(`${row.name}: ${explain(error)}`);
      broken.push(row.name);
    });
    if (report) reports.push(report);
  }
  return conclude({ machine, extent, rows: reports }, broken);
}

async function measureRow(row: Row): Promise<NamedReport> {
  say(`\n${row.name}`);
  await using own = openWorkshop();
  workshop = own;
  const { extent, profileFolder } = options;
  const report = await row.measure({ workshop: own, extent, profileFolder });
  for (const measure of report.measures) {
    const ratio = ratioOf(measure);
    const beside = ratio === null ? '' : `, ${ratio.toFixed(2)} × floor ${measure.floor?.toFixed(2)}`;
    say(`  ${measure.what}: ${measure.ours.toFixed(2)} ${measure.unit}${beside}: ${verdictOf(measure)}`);
  }
  for (const note of report.notes) say(`  - ${note}`);
  return { row: row.name, ...report };
}

/** A run of some rows, or one that profiles, says its numbers and leaves the files as they are. */
function conclude(results: Results, broken: readonly string[]): number {
  if (options.only.length === 0 && options.profileFolder === null) {
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), formatResults(results));
    writeFileSync(join(import.meta.dirname, 'results.json'), encodeResults(results));
  }
  const missed = missedIn(results);
  for (const name of broken) say(`could not be measured: ${name}`);
  for (const name of missed) say(`missed: ${name}`);
  return missed.length + broken.length === 0 ? 0 : 1;
}

function explainRows(): number {
  say(`${USAGE}\nRows: ${ROWS.map((row) => row.name).join(', ')}`);
  return 2;
}

function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function endEarly(): Promise<void> {
  await workshop?.[Symbol.asyncDispose]();
}
