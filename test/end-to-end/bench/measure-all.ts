import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeMachine } from '../../bench/machine.ts';
import { type Measure, ratioOf, verdictOf } from '../../bench/measure.ts';
import { formatResults, missedIn, type NamedReport } from '../../bench/report.ts';
import { openWorkshop } from '../../bench/workshop.ts';
import { launchChromium } from '../support/chromium.ts';
import { UI_ROWS } from './rows.ts';
import type { UiRow } from './ui-row.ts';

const RESULTS = join(import.meta.dirname, '../../bench/UI.md');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Gives the exit code: 1 when a bar was missed. */
export async function measureAll(args: readonly string[]): Promise<number> {
  const isQuick = args.includes('--quick');
  const names = args.filter((arg) => !arg.startsWith('--'));
  const rows = UI_ROWS.filter(({ name }) => names.length === 0 || names.includes(name));
  if (rows.length === 0) {
    say(`Rows: ${UI_ROWS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const machine = describeMachine(Date.now());
  const browser = await launchChromium(['--enable-precise-memory-info']);
  const reports: NamedReport[] = [];
  try {
    for (const row of rows) reports.push(await measureRow(row, browser, isQuick));
  } finally {
    await browser.close();
  }
  const results = { machine, extent: isQuick ? 'quick' : 'usual', rows: reports };
  if (names.length === 0) writeFileSync(RESULTS, formatResults(results, 'npm run bench:ui'));
  const missed = missedIn(results);
  for (const name of missed) say(`missed: ${name}`);
  return missed.length === 0 ? 0 : 1;
}

async function measureRow(row: UiRow, browser: Browser, isQuick: boolean): Promise<NamedReport> {
  say(`\n${row.name}`);
  await using workshop = openWorkshop();
  const report = await row.measure({ browser, workshop, isQuick });
  for (const measure of report.measures) say(`  ${sentence(measure)}`);
  for (const note of report.notes) say(`  - ${note}`);
  return { row: row.name, ...report };
}

function sentence(measure: Measure): string {
  const { what, ours, floor, unit } = measure;
  const ratio = ratioOf(measure);
  const beside = ratio === null ? '' : `, ${ratio.toFixed(2)} × floor ${floor?.toFixed(2)}`;
  return `${what}: ${ours.toFixed(2)} ${unit}${beside}: ${verdictOf(measure)}`;
}
