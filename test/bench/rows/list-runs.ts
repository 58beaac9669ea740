import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../api-client.ts';
import { startDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import { type Load, loadRoute } from '../load-route.ts';
import type { Measure } from '../measure.ts';
import { recordPath } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, type RowReport, sized } from '../row.ts';
import { seedRecord } from '../seed-record.ts';
import { startServer } from '../server-program.ts';
import { type Summary, summarize } from '../statistics.ts';

const PAGE = '/api/v1/runs?limit=50';
const CONNECTIONS = 8;

/** The page that every dashboard asks for. */
export const listRuns: Row = {
  name: 'list-runs',
  async measure(bench) {
    const repoRoot = bench.workshop.folder('repository');
    makeRepository(repoRoot, 5);
    seedRecord(recordPath(repoRoot), { runs: 10_000, stepsPerRun: 0, events: 0 });
    const copy = join(bench.workshop.folder('record'), 'record.db');
    copyFileSync(recordPath(repoRoot), copy);
    const daemon = await startDaemon(bench, { repoRoot });
    const floor = await startServer(bench, { program: 'floors/plain-route.ts', args: [copy] });
    const addresses = { ours: daemon.address, floor: floor.address };
    // An address that was never asked for before is read anew, as every page is after something was recorded.
    const nextPage = (index: number): string => `${PAGE}&n=${index}`;
    const anew = await takeLoads(bench, addresses, { ours: nextPage, floor: nextPage });
    const unchanged = await takeLoads(bench, addresses, { ours: () => PAGE, floor: () => '/kept' });
    return report(anew, unchanged);
  },
};

interface Loads {
  readonly ours: readonly Load[];
  readonly floor: readonly Load[];
}

async function takeLoads(
  bench: Bench,
  addresses: { readonly ours: Address; readonly floor: Address },
  paths: Record<'ours' | 'floor', (index: number) => string>,
): Promise<Loads> {
  const plan = { connections: CONNECTIONS, durationMs: sized(bench, { quick: 1000, usual: 3000 }) };
  const rounds = { count: sized(bench, { quick: 3, usual: 7 }), warmUp: 1 };
  const loads = await interleave(rounds, {
    ours: () => loadRoute({ ...plan, address: addresses.ours, pathOf: paths.ours }),
    floor: () => loadRoute({ ...plan, address: addresses.floor, pathOf: paths.floor }),
  });
  assertSameBytes(loads.ours[0], loads.floor[0]);
  return loads;
}

/** Otherwise the two were not asked for the same. */
function assertSameBytes(ours: Load | undefined, floor: Load | undefined): void {
  if (ours !== undefined && floor !== undefined && ours.body.equals(floor.body)) return;
  throw new Error(
    `the answers differ:\n${ours?.body.toString().slice(0, 400)}\n${floor?.body.toString().slice(0, 400)}`,
  );
}

interface Spread {
  readonly ours: Summary;
  readonly floor: Summary;
}

const spreadOf = ({ ours, floor }: Loads, pick: (load: Load) => readonly number[]): Spread => ({
  ours: summarize(ours.flatMap(pick)),
  floor: summarize(floor.flatMap(pick)),
});

const ratesOf = (loads: Loads): Spread => spreadOf(loads, ({ perSecond }) => [perSecond]);

function report(anew: Loads, unchanged: Loads): RowReport {
  const latencies = spreadOf(anew, ({ latenciesMs }) => latenciesMs);
  const rates = ratesOf(anew);
  const keptRates = ratesOf(unchanged);
  const measures: readonly Measure[] = [
    {
      what: `a page of 50 of 10,000 runs, ${CONNECTIONS} connections, p99`,
      unit: 'ms',
      ours: latencies.ours.p99,
      floor: latencies.floor.p99,
      bar: { of: 'ours', sense: 'at most', limit: 5, marginPercent: 50 },
      spread: latencies,
    },
    {
      what: 'the same page, read anew each time',
      unit: 'per second',
      ours: rates.ours.p50,
      floor: rates.floor.p50,
      bar: { of: 'ratio', sense: 'at least', limit: 0.7, marginPercent: 10 },
      spread: rates,
    },
    {
      what: 'the same page while nothing changes',
      unit: 'per second',
      ours: keptRates.ours.p50,
      floor: keptRates.floor.p50,
      bar: { of: 'ours', sense: 'at least', limit: 20_000, marginPercent: 25 },
      spread: keptRates,
    },
  ];
  return { measures, notes: notesOf(anew, rates) };
}

const notesOf = ({ ours }: Loads, rates: Spread): readonly string[] => [
  'Each connection asks again as soon as it has its answer; client and server share the cores.',
  `Floor: fastify and one prepared better-sqlite3 statement over a copy of the same record, answering the same ${ours[0]?.body.length} bytes (compared); for the last row a route that answers bytes made once.`,
  `Windows of the rate, read anew: ours ${rangeText(rates.ours)}, floor ${rangeText(rates.floor)} a second.`,
];

const rangeText = ({ min, max }: Summary): string => `${Math.round(min)} to ${Math.round(max)}`;
