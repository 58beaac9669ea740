import type { Page } from 'playwright-core';

/** What the browser's own counters say of a page. */
export interface PageMetrics {
  readonly heapMb: number;
  /** Seconds that its main thread has worked. */
  readonly taskSeconds: number;
}

/** A reader of them: the browser counts from the moment in which somebody begins to ask. */
export async function openMetrics(page: Page): Promise<() => Promise<PageMetrics>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    // What is held, without what is only not collected yet.
    await session.send('HeapProfiler.collectGarbage');
    const collected = await session.send('Performance.getMetrics');
    return {
      heapMb: metric(collected.metrics, 'JSHeapUsedSize') / 2 ** 20,
      taskSeconds: metric(metrics, 'TaskDuration'),
    };
  };
}

const metric = (metrics: readonly { readonly name: string; readonly value: number }[], name: string): number =>
  metrics.find((one) => one.name === name)?.value ?? Number.NaN;

/** Keeps the length of each task of 50 ms and more from now on, in `window.longTasks`. */
export const watchLongTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(window, { longTasks: lengths });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) lengths.push(duration);
    }).observe({ type: 'longtask' });
  });

export const readLongTasks = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const lengths: unknown = Reflect.get(window, 'longTasks');
    return Array.isArray(lengths) ? lengths.map(Number) : [];
  });

/** Milliseconds from frame to frame while something is scrolled by so many pixels a frame. */
export const scrollFrames = (page: Page, selector: string, frames: number): Promise<readonly number[]> =>
  page.evaluate(
    async ([target, count]) => {
      const scroller = document.querySelector(target) ?? document.scrollingElement;
      const times: number[] = [];
      let last = performance.now();
      for (let frame = 0; frame < count; frame += 1) {
        scroller?.scrollBy(0, 400);
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    [selector, frames] as const,
  );
