import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { summarize } from '../../../bench/statistics.ts';
import { seeSettled } from '../../support/see-settled.ts';
import { goTo } from '../../support/way-in.ts';
import { benchHouse, emptyPageOf, freshContext, livePage } from '../bench-house.ts';
import { openMetrics, readLongTasks, scrollFrames, watchLongTasks } from '../page-metrics.ts';
import type { UiRow } from '../ui-row.ts';

const RUNS = 10_000;

/** The list of ten thousand runs: until its first rows are seen, and how it scrolls. */
export const manyRuns: UiRow = {
  name: 'many-runs',
  async measure(bench) {
    const runs = bench.isQuick ? RUNS / 10 : RUNS;
    const house = await benchHouse(bench, { prepare: ({ root }) => seed(root, runs) });
    const page = await livePage(await freshContext(bench), await house.link());
    const startedMs = performance.now();
    await goTo(page, '/runs');
    await page.getByRole('gridcell').first().waitFor();
    const firstRowsMs = performance.now() - startedMs;
    await seeSettled(page);
    await watchLongTasks(page);
    const ours = summarize(await scrollFrames(page, '[role="grid"], [role="treegrid"]', 300));
    const tasks = await readLongTasks(page);
    const { heapMb } = await (await openMetrics(page))();
    const empty = await (await freshContext(bench)).newPage();
    await empty.goto(emptyPageOf(house.baseUrl));
    await empty.evaluate(() => {
      document.body.style.height = '200000px';
    });
    const floor = summarize(await scrollFrames(empty, 'html', 300));
    return {
      measures: [
        {
          what: `first rows of ${runs} runs`,
          unit: 'ms',
          ours: firstRowsMs,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 1000, marginPercent: 25 },
        },
        {
          what: 'a frame while scrolling, p95',
          unit: 'ms',
          ours: ours.p95,
          floor: floor.p95,
          bar: { of: 'ratio', sense: 'at most', limit: 1.3, marginPercent: 10 },
          spread: { ours, floor },
        },
        {
          what: 'longest task while scrolling, p95',
          unit: 'ms',
          ours: tasks.length === 0 ? 0 : summarize(tasks).p95,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 50, marginPercent: 25 },
        },
        {
          what: 'heap with the list open',
          unit: 'MB',
          ours: heapMb,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 200, marginPercent: 0 },
        },
      ],
      notes: [
        'Scrolled by 400 pixels each frame for 300 frames; the empty page, made long, in the same way.',
        'Tasks below 50 ms are not told by the browser and count as none.',
      ],
    };
  },
};

function seed(root: string, runs: number): void {
  const args = [join(import.meta.dirname, '../../../seed/main.ts'), '--runs', String(runs), '--repo-root', root];
  const { status, stderr } = spawnSync(process.execPath, [...args, '--settled'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the record was not filled: ${stderr}`);
}
