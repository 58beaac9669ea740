import { describe, expect, it } from 'vitest';
import {
  createDiffItems,
  type FileShown,
  isFirstOfFile,
  pathOfItem,
} from '../../../../../renderer/screens/changes/diff-items.ts';
import { parseSection } from '../../../../../renderer/screens/changes/parse-section.ts';

const file = {
  path: 'a\nb',
  oldPath: '',
  status: 'modified',
  oldMode: '100644',
  newMode: '100644',
  additions: 1,
  deletions: 0,
  isBinary: false,
  sizeBytes: 1,
};
const TEXT = 'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n';
const parsed = parseSection({ path: file.path, oldPath: '', text: TEXT, key: 'k' });
const diffs = parsed === null ? [] : [parsed];
const annotations: FileShown['annotations'] = [];

describe('items of the view', () => {
  it('stay the same objects until something changes, and have a higher version then', () => {
    const build = createDiffItems();
    const shown = { file, diffs: null, isFolded: false, annotations };
    const [before] = build([shown]);
    expect(build([{ ...shown }])[0]).toBe(before);
    const [after] = build([{ ...shown, diffs }]);
    expect(after?.version).toBe((before?.version ?? 0) + 1);
    expect([before?.collapsed, after?.collapsed]).toEqual([true, false]);
  });

  it('know their file, also by a hostile name', () => {
    const [first, second] = createDiffItems()([{ file, diffs: [...diffs, ...diffs], isFolded: false, annotations }]);
    expect([pathOfItem(first?.id ?? ''), pathOfItem(second?.id ?? '')]).toEqual([file.path, file.path]);
    expect([isFirstOfFile(first?.id ?? ''), isFirstOfFile(second?.id ?? '')]).toEqual([true, false]);
  });
});
