import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNothingLeft } from './expect-nothing-left.ts';
import { playing } from './playing.ts';
import type { Play } from './profiles.ts';
import { openResults } from './results.ts';
import { ROWS, type Row } from './rows.ts';
import { openStage, type Stage } from './stage.ts';
import { isAvailable, TRANSPORTS, type Transport } from './transports.ts';

const RUN = 'all';
const GOAL = 'Create the file hello.txt. REMEMBER=apple WRITE_FILE=hello.txt';

const results = openResults({ rows: ROWS.map(({ name }) => name), columns: TRANSPORTS.map(({ name }) => name) });
afterAll(() => results.close());

interface Cell {
  readonly row: Row;
  readonly play: Play;
}

function cellsOf(transport: Transport): readonly Cell[] {
  return ROWS.flatMap((row, index) => {
    const way = row.way(transport);
    if (!isAvailable(way)) {
      results.write({ row: row.name, column: transport.name, text: `n/a: ${way.notAvailable}` });
      return [];
    }
    const limits = row.limits === undefined ? {} : { limits: row.limits };
    return [{ row, play: { name: `${transport.name}.${index + 1}`, transport, way, ...limits } }];
  });
}

describe.each(TRANSPORTS)('$name', (transport) => {
  const cells = cellsOf(transport);
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(cells.map(({ play }) => play));
    await stage.client.startRun(RUN);
  });
  afterAll(() => stage.close());

  describe.concurrent('comes to what is known', () => {
    it.for(cells)('$row.name', async ({ row, play }) => {
      const startedAt = performance.now();
      const one = await playing(stage, { runId: RUN, play, goal: GOAL });
      results.write({ row: row.name, column: transport.name, text: '?' });
      const text = await row.act({ one, stage, transport });
      const seconds = (performance.now() - startedAt) / 1000;
      results.write({ row: row.name, column: transport.name, text, seconds });
      if (row.mayComplete?.(transport) !== true) expect(text).not.toMatch(/^completed/);
      expectNothingLeft(one);
    });
  });
});

it('is the table that is kept', () => {
  expect(results.differences()).toEqual([]);
});
