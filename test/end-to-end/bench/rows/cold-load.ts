import type { Page } from 'playwright-core';
import { interleave } from '../../../bench/interleave.ts';
import { summarize } from '../../../bench/statistics.ts';
import { benchHouse, emptyPageOf, freshContext } from '../bench-house.ts';
import type { UiBench, UiRow } from '../ui-row.ts';

interface Load {
  readonly contentMs: number;
  readonly interactiveMs: number;
}

/** From the address to something that can be read, and to something that can be used. */
export const coldLoad: UiRow = {
  name: 'cold-load',
  async measure(bench) {
    const house = await benchHouse(bench);
    const rounds = { count: bench.isQuick ? 3 : 10, warmUp: 1 };
    const loads = await interleave(rounds, {
      ours: async () => load(bench, await house.link(), usable),
      floor: () => load(bench, emptyPageOf(house.baseUrl), (page) => page.getByRole('heading').first().waitFor()),
    });
    const measure = (what: string, of: (load: Load) => number, limit: number) => {
      const spread = { ours: summarize(loads.ours.map(of)), floor: summarize(loads.floor.map(of)) };
      return {
        what,
        unit: 'ms' as const,
        ours: spread.ours.p50,
        floor: spread.floor.p50,
        bar: { of: 'ours', sense: 'at most', limit, marginPercent: 25 } as const,
        spread,
      };
    };
    return {
      measures: [
        measure('first content from a cold load, p50', ({ contentMs }) => contentMs, 1000),
        measure('interactive from a cold load, p50', ({ interactiveMs }) => interactiveMs, 1500),
      ],
      notes: [
        'Each load is a browser profile of its own with an empty cache, by a one-time link; times are those of the page (`first-contentful-paint`, and when the overview has told that nothing waits and the stream is live).',
        'Floor: a page of the same daemon with two sentences and no script.',
      ],
    };
  },
};

async function load(bench: UiBench, url: string, isThere: (page: Page) => Promise<unknown>): Promise<Load> {
  const context = await freshContext(bench);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  await isThere(page);
  const interactiveMs = await page.evaluate(() => performance.now());
  const contentMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
  await context.close();
  return { contentMs, interactiveMs };
}

async function usable(page: Page): Promise<void> {
  await page.getByText(/^Nothing waits for you/).waitFor();
  await page.getByRole('banner').getByText('live', { exact: true }).waitFor();
}
