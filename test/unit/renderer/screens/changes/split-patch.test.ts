import { describe, expect, it } from 'vitest';
import { sectionsByPath, splitPatch } from '../../../../../renderer/screens/changes/split-patch.ts';

const A = 'diff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-diff --git a/x b/x\n+b\n';
const LINK =
  'diff --git a/l b/l\ndeleted file mode 100644\n@@ -1 +0,0 @@\n-x\ndiff --git a/l b/l\nnew file mode 120000\n@@ -0,0 +1 @@\n+y\n';

describe('a patch, file by file', () => {
  it('begins a file only where a line begins with it', () => {
    expect(splitPatch(A + LINK)).toHaveLength(3);
    expect(splitPatch(A)).toEqual([A]);
  });

  it('has nothing in nothing, and leaves out what comes before the first file', () => {
    expect(splitPatch('')).toEqual([]);
    expect(splitPatch(`From somebody\n${A}`)).toEqual([A]);
  });

  it('gives both halves of a changed type to its file', () => {
    const byPath = sectionsByPath(
      [
        { path: 'a', status: 'modified' },
        { path: 'l', status: 'type-changed' },
        { path: 'missing', status: 'added' },
      ],
      A + LINK,
    );
    expect(byPath.get('a')).toEqual([A]);
    expect(byPath.get('l')).toHaveLength(2);
    expect(byPath.has('missing')).toBe(false);
  });
});
