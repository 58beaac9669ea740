import { z } from 'zod';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { timed } from '../interleave.ts';
import { makeRepository } from '../repository.ts';
import { type Row, sized } from '../row.ts';
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
    await daemon.startRun('run-wait');
    const perWaiter = sized(bench, { quick: 15, usual: 100 });
    const waiters = await Promise.all(Array.from({ length: WAITERS }, () => waitRepeatedly(daemon, perWaiter)));
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
        'Floor: a whole round trip of `GET /health` to the same daemon right after each wait.',
      ],
    };
  },
};

async function waitRepeatedly(daemon: BenchDaemon, count: number) {
  const wakeUpsMs: number[] = [];
  const roundTripsMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const stepId = await daemon.submit('run-wait', { simulation: { duration_ms: 20 + ((index * 7) % 30) } });
    const waited = Waited.parse(
      await daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 60_000 }),
    );
    wakeUpsMs.push(Date.now() - Date.parse(waited.step.updated_at));
    roundTripsMs.push(await timed(() => daemon.client.call('GET', '/health')));
  }
  return { wakeUpsMs, roundTripsMs };
}
