import { join } from 'node:path';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import type { Measure } from '../measure.ts';
import { cleanEnvironment, ROOT } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { timeProgram } from '../run-program.ts';
import { summarize } from '../statistics.ts';

const BAR = { of: 'ratio', sense: 'at most', limit: 1.5, marginPercent: 10 } as const;

/** How long a person waits for the two commands that scripts ask in loops. */
export const cliStart: Row = {
  name: 'cli-start',
  async measure(bench) {
    const repoRoot = bench.workshop.folder('repository');
    makeRepository(repoRoot, 5);
    const daemon = await startDaemon(bench, { repoRoot });
    const version = { what: 'codencer --version, p50', ours: codencer('--version'), floor: ['-e', '0'] };
    const instance = {
      what: 'codencer instance --json, p50',
      ours: codencer('instance', '--json'),
      floor: ['-e', getOnce(daemon)],
    };
    const measures: Measure[] = [];
    for (const pair of [version, instance]) measures.push(await compare(bench, { ...pair, cwd: repoRoot }));
    return {
      measures,
      notes: [
        `Both sides run on this Node ${process.versions.node}, from the start of the process to its end, output thrown away.`,
        'Floors: `node -e 0`, and `node -e` with one `http.get` of the same route.',
      ],
    };
  },
};

const codencer = (...args: readonly string[]): readonly string[] => [join(ROOT, 'bin/codencer.cjs'), ...args];

function getOnce({ address }: BenchDaemon): string {
  const { host, port, token } = address;
  const options = { host, port, path: '/api/v1/instance', agent: false, headers: { authorization: `Bearer ${token}` } };
  return `require('http').get(${JSON.stringify(options)}, (reply) => reply.resume())`;
}

interface Pair {
  readonly what: string;
  readonly ours: readonly string[];
  readonly floor: readonly string[];
  readonly cwd: string;
}

async function compare(bench: Bench, { what, ours, floor, cwd }: Pair): Promise<Measure> {
  const env = cleanEnvironment();
  const time = (args: readonly string[]) => timeProgram(bench.workshop, { file: process.execPath, args, cwd, env });
  const rounds = { count: sized(bench, { quick: 25, usual: 80 }), warmUp: 5 };
  const times = await interleave(rounds, { ours: () => time(ours), floor: () => time(floor) });
  const spread = { ours: summarize(times.ours), floor: summarize(times.floor) };
  return { what, unit: 'ms', ours: spread.ours.p50, floor: spread.floor.p50, bar: BAR, spread };
}
