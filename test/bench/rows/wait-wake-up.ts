import { join } from 'node:path';
import { z } from 'zod';
import { type Address, type ApiClient, createApiClient } from '../api-client.ts';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { timed } from '../interleave.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { seedRecord } from '../seed-record.ts';
import { startServer } from '../server-program.ts';
import { summarize } from '../statistics.ts';

const WAITERS = 4;

const Waited = z.object({ terminal: z.literal(true), step: z.object({ id: z.string(), updated_at: z.string() }) });

/** How long after the commit a planner that waits for a step knows that it has ended. */
export const waitWakeUp: Row = {
  name: 'wait-wake-up',
  async measure(bench) {
    const repoRoot = bench.workshop.folder('repository');
    makeRepository(repoRoot, 200);
    const daemon = await startDaemon(bench, { repoRoot });
    const bare = createApiClient(await startBareServer(bench));
    bench.workshop.defer(() => bare.close());
    await daemon.startRun('run-wait');
    const perWaiter = sized(bench, { quick: 15, usual: 100 });
    const waiters = await Promise.all(
      Array.from({ length: WAITERS }, () => waitRepeatedly({ daemon, bare }, perWaiter)),
    );
    const spread = {
      ours: summarize(waiters.flatMap(({ wakeUpsMs }) => wakeUpsMs)),
      floor: summarize(waiters.flatMap(({ roundTripsMs }) => roundTripsMs)),
    };
    return {
      measures: [
        {
          what: 'commit of the end to the reply of a wait, p99',
          unit: 'ms',
          ours: spread.ours.p99,
          floor: spread.floor.p99,
          bar: { of: 'ours', sense: 'at most', limit: 20, marginPercent: 50 },
          spread,
        },
      ],
      notes: [
        `${WAITERS} steps at a time, so the daemon is busy with git while it answers; ${spread.ours.count} waits.`,
        'From the time in the row that the commit wrote (whole milliseconds, taken before the commit) to the parsed reply.',
        'Floor: a round trip to a bare fastify server in a process of its own right after each wait.',
      ],
    };
  },
};

async function startBareServer(bench: Bench): Promise<Address> {
  const record = join(bench.workshop.folder('record'), 'record.db');
  seedRecord(record, { runs: 0, stepsPerRun: 0, events: 0 });
  return (await startServer(bench, { program: 'floors/plain-route.ts', args: [record] })).address;
}

interface Sides {
  readonly daemon: BenchDaemon;
  readonly bare: ApiClient;
}

async function waitRepeatedly({ daemon, bare }: Sides, count: number) {
  const wakeUpsMs: number[] = [];
  const roundTripsMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const stepId = await daemon.submit('run-wait', { simulation: { duration_ms: 20 + ((index * 7) % 30) } });
    const waited = Waited.parse(
      await daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 60_000 }),
    );
    wakeUpsMs.push(Date.now() - Date.parse(waited.step.updated_at));
    roundTripsMs.push(await timed(() => bare.call('GET', '/kept')));
  }
  return { wakeUpsMs, roundTripsMs };
}
