import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { viewOf } from '../../../../contract/client/document.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { makeLink } from '../../../../contract/client/link-routes.ts';
import { makeRepository } from '../../../bench/repository.ts';
import { successOf } from '../../../support/success-of.ts';
import { plannerOf } from '../../support/planner.ts';
import { goTo } from '../../support/way-in.ts';
import { freshContext, livePage } from '../bench-house.ts';
import { openMetrics, readLongTasks, watchLongTasks } from '../page-metrics.ts';
import type { UiBench, UiRow } from '../ui-row.ts';

const PER_SECOND = 1000;
const SOURCE = join(import.meta.dirname, '../../../bench/programs/event-source.ts');

/** A thousand events a second, for a minute, into one window. */
export const eventFlood: UiRow = {
  name: 'event-flood',
  async measure(bench) {
    const seconds = bench.isQuick ? 10 : 60;
    const source = await startSource(bench, seconds);
    const link = successOf(await viewOf(makeLink(source.connection))).url;
    const page = await livePage(await freshContext(bench), link);
    await goTo(page, '/runs');
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await watchLongTasks(page);
    const read = await openMetrics(page);
    const before = await read();
    await source.flood();
    const after = await read();
    const startedMs = performance.now();
    await plannerOf(source.connection).open('after-the-flood');
    await page
      .getByText(/after-the-flood|1 newer/)
      .first()
      .waitFor();
    const behindMs = performance.now() - startedMs;
    const tasks = await readLongTasks(page);
    return {
      measures: [
        {
          what: `a new run is told after ${PER_SECOND} events a second for ${seconds} s`,
          unit: 'ms',
          ours: behindMs,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 1000, marginPercent: 25 },
        },
        {
          what: 'main thread meanwhile',
          unit: '%',
          ours: ((after.taskSeconds - before.taskSeconds) / seconds) * 100,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 50, marginPercent: 25 },
        },
        {
          what: 'longest task meanwhile',
          unit: 'ms',
          ours: Math.max(0, ...tasks),
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 200, marginPercent: 25 },
        },
        { what: 'growth of the heap', unit: 'MB', ours: after.heapMb - before.heapMb, floor: null, bar: null },
      ],
      notes: [
        "The daemon's own store and server in a process of their own; a loop in it appends `attempt.progress` events, because no executor makes so many.",
        'What comes last shows whether the page has fallen behind: a run that is opened when the last event was written.',
      ],
    };
  },
};

async function startSource({ workshop }: UiBench, seconds: number) {
  const repoRoot = workshop.folder('repository');
  makeRepository(repoRoot, 5);
  const args = [SOURCE, repoRoot, String(PER_SECOND), String(seconds)];
  const child = workshop.start(process.execPath, args, {
    env: { ...process.env, XDG_STATE_HOME: workshop.folder('state') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null || child.stdin === null) throw new Error('a source without a pipe');
  const lines = createInterface({ input: child.stdout });
  const [ready]: string[] = await once(lines, 'line');
  const [port = '', token = ''] = (ready ?? '').split(' ');
  const connection: Connection = { baseUrl: `http://127.0.0.1:${port}`, token, fetch };
  return {
    connection,
    flood: async () => {
      child.stdin?.write('go\n');
      await once(lines, 'line');
    },
  };
}
