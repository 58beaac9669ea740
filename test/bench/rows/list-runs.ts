import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import { type Load, loadRoute } from '../load-route.ts';
import { recordPath } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { seedRecord } from '../seed-record.ts';
import { startServer } from '../server-program.ts';
import { summarize } from '../statistics.ts';

const PATH = '/api/v1/runs?limit=50';
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
    const loads = await takeLoads(bench, { ours: daemon.address, floor: floor.address });
    return report(loads);
  },
};

type Loads = Awaited<ReturnType<typeof takeLoads>>;

async function takeLoads(
  bench: Bench,
  {
    ours,
    floor,
  }: {
    readonly ours: Parameters<typeof loadRoute>[0]['address'];
    readonly floor: Parameters<typeof loadRoute>[0]['address'];
  },
) {
  const durationMs = sized(bench, { quick: 1000, usual: 3000 });
  const plan = { path: PATH, connections: CONNECTIONS, durationMs };
  const rounds = { count: sized(bench, { quick: 3, usual: 7 }), warmUp: 1 };
  const loads = await interleave(rounds, {
    ours: () => loadRoute({ ...plan, address: ours }),
    floor: () => loadRoute({ ...plan, address: floor }),
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

function report({ ours, floor }: Loads) {
  const rates = { ours: summarize(ours.map(rateOf)), floor: summarize(floor.map(rateOf)) };
  const latencies = { ours: summarize(ours.flatMap(latenciesOf)), floor: summarize(floor.flatMap(latenciesOf)) };
  return {
    measures: [
      {
        what: 'a page of 50 of 10,000 runs, 8 connections, p99',
        unit: 'ms',
        ours: latencies.ours.p99,
        floor: latencies.floor.p99,
        bar: { of: 'ours', sense: 'at most', limit: 5, marginPercent: 50 },
        spread: latencies,
      },
      {
        what: 'the same page, rate',
        unit: 'per second',
        ours: rates.ours.p50,
        floor: rates.floor.p50,
        bar: { of: 'ratio', sense: 'at least', limit: 0.7, marginPercent: 10 },
        spread: rates,
      },
    ],
    notes: [
      `Each connection asks again as soon as it has its answer; client and server share the cores. Nothing is written meanwhile.`,
      `Floor: fastify and one prepared better-sqlite3 statement over a copy of the same record, answering the same ${ours[0]?.body.length} bytes (compared).`,
      `Windows of the rate, ours ${spreadText(rates.ours)}, floor ${spreadText(rates.floor)} per second.`,
    ],
  } as const;
}

const rateOf = (load: Load): number => load.perSecond;
const latenciesOf = (load: Load): readonly number[] => load.latenciesMs;
const spreadText = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  `${Math.round(min)} to ${Math.round(max)}`;
