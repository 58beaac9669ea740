import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../../../contract/result.ts';
import { errorAfter, isErrorLine } from '../../../../../renderer/screens/log/error-lines.ts';
import { findHits, hitFrom, PAGE_HITS } from '../../../../../renderer/screens/log/find-hits.ts';
import { hashOfLine, lineOfHash } from '../../../../../renderer/screens/log/line-address.ts';
import {
  inOrder,
  isEmptySelection,
  LINE_END,
  selectedColumns,
  wholeLines,
} from '../../../../../renderer/screens/log/line-selection.ts';
import type { ReadLines } from '../../../../../renderer/screens/log/log-blocks.ts';
import { successOf } from '../../../../support/success-of.ts';

describe('hits of a search', () => {
  const asked: number[] = [];
  const find: ReadLines = async ({ offset, limit }) => {
    asked.push(offset);
    const numbers = Array.from({ length: Math.min(limit, 1200 - offset) }, (_, index) => (offset + index) * 3);
    return ok({ total: 1200, isComplete: true, lines: numbers.map(String), numbers, cut: [] });
  };

  it('are counted at once and numbered page by page, each page once', async () => {
    const hits = successOf(await findHits(find, new AbortController().signal));
    expect(hits.total).toBe(1200);
    expect(successOf(await hits.lineOf(2))).toBe(6);
    expect(successOf(await hits.lineOf(1199))).toBe(3597);
    expect(successOf(await hits.lineOf(1000))).toBe(3000);
    expect(successOf(await hits.lineOf(5000))).toBeNull();
    expect(asked).toEqual([0, 2 * PAGE_HITS, 10 * PAGE_HITS]);
    expect(hitFrom(hits, 4)).toBe(2);
    expect(hitFrom(hits, 1_000_000)).toBe(0);
  });
});

describe('lines that tell of an error', () => {
  it.each([
    ['Error: cannot find module', true],
    ['TypeError: x is not a function', true],
    ['src/a.ts(3,1): error TS2304: no name', true],
    ['FAIL src/login.test.ts > keeps session', true],
    ['npm ERR! code 1', true],
    ['thread main panicked at src/main.rs', true],
    ['fatal: not a git repository', true],
    ['Traceback (most recent call last):', true],
    ['java.lang.NullPointerException', true],
    ['2 of 214 failed', true],
    ['0 errors, 3 warnings', false],
    ['no failures', false],
    ['errors: 0', false],
    ['a mirror of terror', false],
    ['all is well', false],
  ])('%s: %s', (line, isOne) => {
    expect(isErrorLine(line)).toBe(isOne);
  });

  it('are gone through in both directions, round at the ends', () => {
    expect([errorAfter([3, 9], 3, false), errorAfter([3, 9], 9, false), errorAfter([3, 9], 3, true)]).toEqual([
      9, 3, 9,
    ]);
    expect(errorAfter([], 3, false)).toBeNull();
  });
});

describe('a selection', () => {
  it('is the same from either end, and covers the lines between whole', () => {
    const anchor = { line: 2, column: 3 };
    const focus = { line: 5, column: 1 };
    for (const selection of [
      { anchor, focus },
      { anchor: focus, focus: anchor },
    ]) {
      expect(inOrder(selection)).toEqual({ from: anchor, to: focus });
      expect([1, 2, 3, 5, 6].map((line) => selectedColumns(selection, line))).toEqual([
        null,
        [3, LINE_END],
        [0, LINE_END],
        [0, 1],
        null,
      ]);
    }
    expect(isEmptySelection({ anchor, focus: anchor })).toBe(true);
  });

  it('of whole lines holds each of them whole', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (a, b, line) => {
        const isInside = line >= Math.min(a, b) && line <= Math.max(a, b);
        expect(selectedColumns(wholeLines(a, b), line)).toEqual(isInside ? [0, LINE_END] : null);
      }),
    );
  });
});

describe('the address of a line', () => {
  it('leads back to it, and nothing else is one', () => {
    expect(lineOfHash(hashOfLine(39))).toBe(39);
    expect(hashOfLine(39)).toBe('#L40');
    for (const hash of ['', '#', '#L', '#L0', '#40', '#L4x', '#L9999999999999']) expect(lineOfHash(hash)).toBeNull();
  });
});
