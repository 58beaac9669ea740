import { gzipSync } from 'node:zlib';
import { seeSettled } from '../../support/see-settled.ts';
import { benchHouse, freshContext, livePage } from '../bench-house.ts';
import type { UiRow } from '../ui-row.ts';

/** What a browser has to fetch before anything is seen. */
export const firstLoadSize: UiRow = {
  name: 'first-load-size',
  async measure(bench) {
    const house = await benchHouse(bench);
    const context = await freshContext(bench);
    const files = new Map<string, Buffer>();
    const reading: Promise<unknown>[] = [];
    context.on('response', (response) => {
      const name = new URL(response.url()).pathname;
      if (name.startsWith('/ui/')) reading.push(response.body().then((body) => files.set(name, body)));
    });
    const page = await livePage(context, await house.link());
    await seeSettled(page);
    await Promise.all(reading);
    const kib = (ending: string): number =>
      [...files].reduce(
        (sum, [name, body]) => sum + (name.endsWith(ending) ? gzipSync(body, { level: 9 }).length : 0),
        0,
      ) / 1024;
    const scripts = [...files.keys()].filter((name) => name.endsWith('.js'));
    return {
      measures: [
        {
          what: 'JavaScript of the first load, gzip',
          unit: 'KiB',
          ours: kib('.js'),
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 220, marginPercent: 0 },
        },
        { what: 'styles of the first load, gzip', unit: 'KiB', ours: kib('.css'), floor: null, bar: null },
        { what: 'fonts of the first load', unit: 'KiB', ours: fontsOf(files), floor: null, bar: null },
      ],
      notes: [`Everything that the overview loads until it is settled: ${scripts.length} scripts.`],
    };
  },
};

const fontsOf = (files: ReadonlyMap<string, Buffer>): number =>
  [...files].reduce((sum, [name, body]) => sum + (name.endsWith('.woff2') ? body.length : 0), 0) / 1024;
