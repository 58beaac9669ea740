import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentPx,
  isAtEnd,
  linePx,
  type Pane,
  scrollTopAround,
  scrollTopOf,
  scrollTopToSee,
  seenLines,
  topLine,
} from '../../../../../renderer/screens/log/log-geometry.ts';

const panes = fc.record({
  lines: fc.integer({ min: 0, max: 20_000_000 }),
  rowPx: fc.constant(18),
  heightPx: fc.integer({ min: 100, max: 2000 }),
});
const endOf = (pane: Pane): number => Math.max(0, contentPx(pane) - pane.heightPx);

describe('where lines of a log are', () => {
  const pane: Pane = { lines: 1000, rowPx: 18, heightPx: 180 };

  it('is at a row each as long as that can be drawn', () => {
    expect(contentPx(pane)).toBe(18_000);
    expect(topLine(pane, 360)).toBeCloseTo(20);
    expect(seenLines(pane, 360, 0)).toEqual({ from: 20, to: 30 });
    expect(linePx(pane, 360, 22)).toBe(36);
  });

  it('scrolls only as far as it takes', () => {
    expect(scrollTopToSee(pane, 360, 25)).toBeNull();
    expect(scrollTopToSee(pane, 360, 10)).toBeCloseTo(180);
    expect(scrollTopToSee(pane, 360, 30)).toBeCloseTo(378);
    expect(topLine(pane, scrollTopAround(pane, 500))).toBeCloseTo(495.5);
  });

  it('shows the first line at the top and the last at the end, however many there are', () => {
    fc.assert(
      fc.property(panes, (any) => {
        expect(contentPx(any)).toBeLessThan(33_554_428);
        expect(seenLines(any, 0, 0).from).toBe(0);
        expect(seenLines(any, endOf(any), 0).to).toBe(any.lines);
        expect(isAtEnd(any, endOf(any))).toBe(true);
      }),
    );
  });

  it('finds every line again', () => {
    fc.assert(
      fc.property(panes, fc.double({ min: 0, max: 1, noNaN: true }), (any, part) => {
        fc.pre(any.lines > 0);
        const line = Math.floor(part * (any.lines - 1));
        const { from, to } = seenLines(any, scrollTopAround(any, line), 0);
        expect(line).toBeGreaterThanOrEqual(from);
        expect(line).toBeLessThan(to);
        expect(scrollTopOf(any, line)).toBeLessThanOrEqual(endOf(any));
      }),
    );
  });
});
