import { describe, expect, test } from 'vitest';
import { diffBlocks } from '../../../../../renderer/screens/inbox/diff-blocks.ts';

const DIFF = `diff --git a/x b/x
--- a/x
+++ b/x
@@ -1,3 +1,3 @@
 same
--- a deleted comment of SQL
+new
+new too
 same
diff --git a/y b/y
--- a/y
+++ b/y
@@ -1 +1 @@
-old
+++ counter
`;

describe('a diff as blocks of equal lines', () => {
  test('signs stay, and names of files are told from lines that look like them', () => {
    expect(diffBlocks(DIFF).map(({ kind, text }) => [kind, text])).toEqual([
      ['head', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@'],
      ['same', ' same'],
      ['del', '--- a deleted comment of SQL'],
      ['add', '+new\n+new too'],
      ['same', ' same'],
      ['head', 'diff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1 +1 @@'],
      ['del', '-old'],
      ['add', '+++ counter'],
    ]);
  });

  test('no byte of it is lost', () => {
    expect(
      `${diffBlocks(DIFF)
        .map(({ text }) => text)
        .join('\n')}\n`,
    ).toBe(DIFF);
  });

  test('a new text is no diff', () => {
    expect(diffBlocks('+ a list\n- of things\n')).toEqual([{ kind: 'same', text: '+ a list\n- of things\n' }]);
    expect(diffBlocks('')).toEqual([]);
  });
});
