import { describe, expect, it } from 'vitest';
import { parseSection } from '../../../../../renderer/screens/changes/parse-section.ts';
import { quoteLines } from '../../../../../renderer/screens/changes/quote-lines.ts';
import { stopFrom, stopsOf } from '../../../../../renderer/screens/changes/stops.ts';

const TEXT = `diff --git a/a b/a
index 1..2 100644
--- a/a
+++ b/a
@@ -1,4 +1,5 @@
 one
-two
+TWO
 three
-four
+FOUR
+five
@@ -20,3 +21,2 @@
 twenty
-gone
 last
`;

const diff = parseSection({ path: 'src/a', oldPath: '', text: TEXT, key: 'k' });
const stops = stopsOf('src/a', diff === null ? [] : [diff]);

describe('the changes of a file', () => {
  it('are its lines, top to bottom', () => {
    expect(stops.map(({ lines }) => lines)).toEqual([
      { side: 'additions', start: 2, end: 2 },
      { side: 'additions', start: 4, end: 5 },
      { side: 'deletions', start: 21, end: 21 },
    ]);
  });

  it('can be quoted', () => {
    const diffs = diff === null ? [] : [diff];
    expect(quoteLines(diffs, { side: 'additions', start: 4, end: 5 })).toBe('FOUR\nfive');
    expect(quoteLines(diffs, { side: 'deletions', start: 21, end: 21 })).toBe('gone');
    expect(quoteLines(diffs, { side: 'additions', start: 900, end: 901 })).toBe('');
  });

  it('are named by the list, whatever the patch says', () => {
    expect(diff?.name).toBe('src/a');
  });
});

describe('going from change to change', () => {
  const whole = { path: 'b', lines: null };
  const all = [...stops, whole];
  const [first = whole, second = whole, third = whole] = stops;
  it('goes on, across files, and ends', () => {
    expect(stopFrom(all, { at: null, path: 'src/a', step: 1 })).toBe(first);
    expect(stopFrom(all, { at: first, path: 'src/a', step: 1 })).toBe(second);
    expect(stopFrom(all, { at: third, path: 'src/a', step: 1 })).toBe(whole);
    expect(stopFrom(all, { at: whole, path: 'b', step: 1 })).toBeNull();
    expect(stopFrom(all, { at: whole, path: 'b', step: -1 })).toBe(third);
    expect(stopFrom(all, { at: first, path: 'src/a', step: -1 })).toBeNull();
  });
  it('begins anew where one has scrolled to', () => {
    expect(stopFrom(all, { at: first, path: 'b', step: 1 })).toBe(whole);
    expect(stopFrom(all, { at: null, path: 'b', step: -1 })).toBe(third);
  });
});
