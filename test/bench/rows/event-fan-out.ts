import { setTimeout as sleep } from 'node:timers/promises';
import { interleave } from '../interleave.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { startServer } from '../server-program.ts';
import { summarize } from '../statistics.ts';
import { subscribe } from '../subscribers.ts';
import { endChild } from '../workshop.ts';

const SUBSCRIBERS = 50;
const PER_SECOND = 1000;
/** What has not arrived by then is lost. */
const GIVE_UP_MS = 10_000;

/** How late an event reaches many readers at once. */
export const eventFanOut: Row = {
  name: 'event-fan-out',
  async measure(bench) {
    const rounds = { count: sized(bench, { quick: 1, usual: 3 }), warmUp: 0 };
    const outcomes = await interleave(rounds, {
      ours: () => fanOut(bench, { program: 'programs/event-source.ts', args: [newRepository(bench)] }),
      floor: () => fanOut(bench, { program: 'floors/plain-stream.ts', args: [] }),
    });
    const spread = {
      ours: summarize(outcomes.ours.flatMap((outcome) => outcome.latenciesMs)),
      floor: summarize(outcomes.floor.flatMap((outcome) => outcome.latenciesMs)),
    };
    return {
      measures: [
        {
          what: `${SUBSCRIBERS} subscribers at ${PER_SECOND} events a second, p99`,
          unit: 'ms',
          ours: spread.ours.p99,
          floor: spread.floor.p99,
          bar: { of: 'ours', sense: 'at most', limit: 50, marginPercent: 50 },
          spread,
        },
        {
          what: 'events lost, doubled or out of order',
          unit: 'lost',
          ours: outcomes.ours.reduce((sum, outcome) => sum + outcome.misses, 0),
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 0, marginPercent: 0 },
        },
      ],
      notes: [
        "The daemon's own store, services and HTTP server in a process of their own; a loop in that process appends `attempt.progress` events through the store's writer, in commits of about ten, because no executor makes so many. All subscribers read in the process of the bench.",
        "Latency: from the event's own time (whole milliseconds, before its commit) to the arrival of its frame.",
        'Floor: a bare HTTP server that writes the same frames, with no record behind it.',
      ],
    };
  },
};

function newRepository(bench: Bench): string {
  const repoRoot = bench.workshop.folder('repository');
  makeRepository(repoRoot, 5);
  return repoRoot;
}

async function fanOut(bench: Bench, { program, args }: { readonly program: string; readonly args: readonly string[] }) {
  const seconds = sized(bench, { quick: 4, usual: 15 });
  const source = await startServer(bench, { program, args: [...args, String(PER_SECOND), String(seconds)] });
  const readers = await subscribe(source.address, { path: '/api/v1/events?after=0', count: SUBSCRIBERS });
  source.child.stdin?.write('go\n');
  const lastSeq = Number(await source.nextLine());
  await Promise.race([readers.seen(lastSeq), sleep(GIVE_UP_MS, undefined, { ref: false })]);
  readers.close();
  await endChild(source.child);
  return { latenciesMs: readers.latenciesMs, misses: readers.misses(lastSeq) };
}
