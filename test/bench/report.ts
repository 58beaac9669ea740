import type { Machine } from './machine.ts';
import { type Bar, type Measure, ratioOf, verdictOf } from './measure.ts';
import type { RowReport } from './row.ts';

export interface NamedReport extends RowReport {
  readonly row: string;
}

export interface Results {
  readonly machine: Machine;
  readonly extent: string;
  readonly rows: readonly NamedReport[];
}

const HEADINGS = ['row', 'what', 'ours', 'floor', 'ratio', 'bar', 'margin', 'verdict'];

/** RESULTS.md: one table, then how each row was measured. */
export function formatResults({ machine, extent, rows }: Results, command = 'npm run bench'): string {
  const lines = rows.flatMap(({ row, measures }) => measures.map((measure) => [row, ...cellsOf(measure)]));
  const table = [HEADINGS, HEADINGS.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const notes = rows.map(({ row, notes: told }) =>
    [`## ${row}`, '', ...told.map((note) => `- ${note}`), ''].join('\n'),
  );
  return [`# Results of \`${command}\``, '', machineText(machine, extent), '', ...table, '', ...notes].join('\n');
}

const machineText = (machine: Machine, extent: string): string =>
  `${machine.date}, ${extent} run on ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, ` +
  `${machine.system}, Node ${machine.node}, git ${machine.git}; load before it ${machine.loadBefore}. ` +
  'Each floor was measured by turns with the product, so ratios say more than times. "Beyond this machine": the floor ' +
  'alone misses the bar here and now.';

function cellsOf(measure: Measure): readonly string[] {
  const { what, unit, ours, floor, bar } = measure;
  const ratio = ratioOf(measure);
  return [
    what,
    withUnit(ours, unit),
    floor === null ? '' : withUnit(floor, unit),
    ratio === null ? '' : ratio.toFixed(2),
    bar === null ? '' : barText(bar, unit),
    bar === null ? '' : `${bar.marginPercent} %`,
    verdictOf(measure),
  ];
}

const withUnit = (value: number, unit: string): string => `${formatNumber(value)} ${unit}`;

const formatNumber = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toFixed(value < 10 ? 2 : 1)));

const barText = ({ of, sense, limit }: Bar, unit: string): string =>
  `${sense === 'at most' ? '≤' : '≥'} ${of === 'ratio' ? `${limit} × floor` : withUnit(limit, unit)}`;

export const missedIn = ({ rows }: Results): readonly string[] =>
  rows.flatMap(({ row, measures }) =>
    measures.filter((measure) => verdictOf(measure) === 'missed').map(({ what }) => `${row}: ${what}`),
  );

/** results.json: the same, with every spread. */
export const encodeResults = (results: Results): string =>
  `${JSON.stringify({ ...results, rows: results.rows.map(withVerdicts) }, null, 2)}\n`;

const withVerdicts = (report: NamedReport) => ({
  ...report,
  measures: report.measures.map((measure) => ({ ...measure, ratio: ratioOf(measure), verdict: verdictOf(measure) })),
});
