import { setTimeout as pass } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { FURNISHABLE, furnish } from '../../support/furnish.ts';
import { seeSettled } from '../../support/see-settled.ts';
import { benchHouse, emptyPageOf, freshContext, livePage } from '../bench-house.ts';
import { openMetrics } from '../page-metrics.ts';
import type { UiRow } from '../ui-row.ts';

/** What a window costs that is only left open: two steps run, two gates wait, the clock ticks. */
export const idle: UiRow = {
  name: 'idle',
  async measure(bench) {
    const house = await benchHouse(bench, FURNISHABLE);
    await furnish(house);
    const page = await livePage(await freshContext(bench), await house.link());
    await seeSettled(page);
    const empty = await (await freshContext(bench)).newPage();
    await empty.goto(emptyPageOf(house.baseUrl));
    const spanMs = bench.isQuick ? 5000 : 30_000;
    const [ours, floor] = [await busyPercent(page, spanMs), await busyPercent(empty, spanMs)];
    const { heapMb } = await (await openMetrics(page))();
    return {
      measures: [
        {
          what: 'main thread at rest',
          unit: '%',
          ours,
          floor,
          bar: { of: 'ours', sense: 'at most', limit: 1, marginPercent: 25 },
        },
        {
          what: 'heap of the overview',
          unit: 'MB',
          ours: heapMb,
          floor: (await (await openMetrics(empty))()).heapMb,
          bar: { of: 'ours', sense: 'at most', limit: 200, marginPercent: 0 },
        },
      ],
      notes: [`The browser's own count of the time in which tasks ran on the main thread, over ${spanMs / 1000} s.`],
    };
  },
};

async function busyPercent(page: Page, spanMs: number): Promise<number> {
  const read = await openMetrics(page);
  const before = await read();
  await pass(spanMs);
  const after = await read();
  return ((after.taskSeconds - before.taskSeconds) / (spanMs / 1000)) * 100;
}
