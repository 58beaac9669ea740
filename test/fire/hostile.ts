import { parseArgs } from 'node:util';
import { createRandom } from '../support/random.ts';
import { openGround } from './hostile/ground.ts';
import { type AttackReport, besiege, besiegeSlowly, crowd } from './hostile/siege.ts';

const USAGE = `npm run test:hostile -- [--shots N] [--seed S]
  every route of a running daemon × every attack; with --shots so many of each attack, drawn
`;
const CONNECTIONS = 2000;
const SLOWEST_MS = 100_000;
const MOST_RESIDENT_MB = 400;
const MOST_PEAK_MB = 800;

const { values } = parseArgs({
  options: {
    shots: { type: 'string' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else process.exitCode = await run();

async function run(): Promise<number> {
  const ground = await openGround();
  try {
    const slow = besiegeSlowly({ ground }, SLOWEST_MS);
    const shotsOfEach = values.shots === undefined ? null : Number(values.shots);
    const quick = await besiege({ ground, shotsOfEach, random: createRandom(Number(values.seed)) });
    const reports = [...quick, await slow, await crowd(ground, CONNECTIONS)];
    const { residentMb, peakMb } = ground.memory();
    const heavy = residentMb > MOST_RESIDENT_MB || peakMb > MOST_PEAK_MB;
    process.stdout.write(tableOf(reports));
    process.stdout.write(`${ground.routes.length} routes; memory ${residentMb} MB, ${peakMb} MB at its peak\n`);
    const problems = reports.flatMap((report) => report.problems);
    if (heavy) problems.push(`the daemon took ${residentMb} MB (${peakMb} MB at its peak)`);
    for (const problem of problems) process.stdout.write(`- ${problem}\n`);
    process.stdout.write(
      problems.length === 0 ? 'everything was refused, and nothing changed\n' : `seed ${values.seed}\n`,
    );
    return problems.length === 0 ? 0 : 1;
  } finally {
    await ground.end();
  }
}

function tableOf(reports: readonly AttackReport[]): string {
  const lines = reports.map(({ attack, shots, outcomes }) => {
    const counted = [...outcomes].sort().map(([outcome, times]) => `${outcome}: ${times}`);
    return `${attack.padEnd(24)}${String(shots).padStart(7)}  ${counted.join(', ')}\n`;
  });
  return lines.join('');
}
