import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { scanList } from '../../../../main/daemon/services/scan-list.ts';

/** Rows are their own places, from 1; a cursor is the row before. */
function scanOf(count: number, keeps: (row: number) => boolean) {
  let reads = 0;
  const read = (after: number | undefined, limit: number): readonly number[] => {
    reads += 1;
    const from = (after ?? 0) + 1;
    return Array.from({ length: Math.max(0, Math.min(limit, count - from + 1)) }, (_, index) => from + index);
  };
  const scan = (after: number | undefined, limit: number, signal?: AbortSignal) =>
    scanList({ read, cursorOf: (row: number) => row, keeps, after, limit, signal });
  return { scan, reads: () => reads };
}

describe('scanList', () => {
  it('SRV-50: page after page gives every row that is wanted once, in order', async () => {
    const input = fc.record({
      count: fc.integer({ min: 0, max: 900 }),
      step: fc.integer({ min: 1, max: 300 }),
      limit: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ count, step, limit }) => {
        const { scan } = scanOf(count, (row) => row % step === 0);
        const found: number[] = [];
        let after: number | null | undefined;
        do {
          const page: Awaited<ReturnType<typeof scan>> = await scan(after ?? undefined, limit);
          expect(page.rows.length).toBeLessThanOrEqual(limit);
          found.push(...page.rows);
          after = page.next;
        } while (after !== null);
        expect(found).toEqual(Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step));
      }),
      { numRuns: 60 },
    );
  });

  it('SRV-50: looks at so many rows and no further, and leads on', async () => {
    const { scan, reads } = scanOf(1_000_000, () => false);
    expect(await scan(undefined, 10)).toEqual({ rows: [], next: 20_000 });
    expect(reads()).toBe(100);
  });

  it('SRV-50: lets others have a turn', async () => {
    const { scan } = scanOf(10_000, () => false);
    let turns = 0;
    setImmediate(() => {
      turns += 1;
    });
    await scan(undefined, 1);
    expect(turns).toBeGreaterThan(0);
  });

  it('SRV-50: ends when nobody waits any more', async () => {
    const { scan, reads } = scanOf(10_000, () => false);
    expect(await scan(3, 10, AbortSignal.abort())).toEqual({ rows: [], next: 3 });
    expect(reads()).toBe(0);
  });
});
