import { describe, expect, it } from 'vitest';
import { inertPatch } from '../../../../../renderer/screens/changes/inert-patch.ts';

const HEAD = 'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n';

describe('lines of somebody else', () => {
  it('names what cannot be seen and keeps the lines', () => {
    const patch = inertPatch(`${HEAD}-a\u202Eb\u200B\n+\u001B[31m\u0000\tc\r\n`);
    expect(patch).toBe(`${HEAD}-a⟨U+202E⟩b⟨U+200B⟩\n+⟨U+001B⟩[31m⟨U+0000⟩\tc\r\n`);
  });

  it('cuts what is longer than anybody reads, and counts it', () => {
    const patch = inertPatch(`${HEAD}+${'x'.repeat(1_000_000)}\n`);
    expect(patch.length).toBeLessThan(5000);
    expect(patch).toContain('more characters\n');
  });

  it('leaves a patch without lines as it is', () => {
    const binary = 'diff --git a/a b/a\nGIT binary patch\nliteral 3\nKcmZQzU|{\n';
    expect(inertPatch(binary)).toBe(binary);
  });
});
