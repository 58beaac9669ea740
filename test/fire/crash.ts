import { parseArgs } from 'node:util';
import { summarize } from '../bench/statistics.ts';
import { raiseStorm, type StormReport } from './crash/storm.ts';

const USAGE = `npm run test:crash -- [--kills N] [--seed S] [--planners P] [--keep]
  kills daemons of one repository with SIGKILL over a mixed load and looks whether anything is lost
`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    planners: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else {
  const seed = Number(values.seed);
  const report = await raiseStorm({
    seed,
    kills: Number(values.kills),
    planners: Number(values.planners),
    openSteps: 5,
    onProgress: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  process.stdout.write(tableOf(report, seed));
  if (report.problems.length === 0 && !values.keep) report.remove();
  else process.stdout.write(`the folder is kept: ${report.folder}\n`);
  process.exitCode = report.problems.length === 0 ? 0 : 1;
}

function tableOf({ figures, problems }: StormReport, seed: number): string {
  const { inspected } = figures;
  const ready = summarize(figures.readyMs);
  const kills = Object.values(figures.kills).reduce((sum, one) => sum + one, 0);
  const rows: readonly (readonly [string, string | number])[] = [
    ['seed', seed],
    ['kills', kills],
    ...Object.entries(figures.kills).map(([blow, times]): [string, number] => [`  ${blow}`, times]),
    ['steps', figures.steps],
    ['attempts', inspected.attempts],
    ['events', figures.events],
    ['refs checked', inspected.refs],
    ['files checked', inspected.files],
    ['artifacts checked', inspected.artifacts],
    ['whole audits', inspected.audits],
    ['orphans found', inspected.orphans],
    ['time to ready p50', `${ready.p50.toFixed(0)} ms`],
    ['time to ready p99', `${ready.p99.toFixed(0)} ms`],
  ];
  const table = rows.map(([what, value]) => `${what.padEnd(34)}${String(value).padStart(10)}\n`).join('');
  const verdict = problems.length === 0 ? 'every invariant held\n' : `seed ${seed}: ${problems.join('\n')}\n`;
  return `${table}${verdict}`;
}
