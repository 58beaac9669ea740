import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutPatch, type SectionRange } from '../../../../../main/daemon/adapters/files/patch-sections.ts';

const cut = (chunks: readonly string[], range: SectionRange) =>
  text(cutPatch(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), range));

const sectionOf = (name: string, lines: readonly string[]) =>
  [`diff --git a/${name} b/${name}`, ...lines.map((line) => `+${line}`), ''].join('\n');

describe('cutPatch', () => {
  it('gives some files of a patch, whatever the chunks are that it comes in', async () => {
    const line = fc.constantFrom('diff --git a/x b/x', 'x', '', 'diff');
    const sections = fc.array(fc.array(line, { maxLength: 3 }), { minLength: 1, maxLength: 5 });
    const range = fc.record({ first: fc.integer({ min: 0, max: 5 }), count: fc.integer({ min: 1, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(sections, range, fc.integer({ min: 1, max: 40 }), async (contents, { first, count }, size) => {
        const parts = contents.map((lines, index) => sectionOf(`file${index}`, lines));
        const chunks = parts.join('').match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(await cut(chunks, { first, count })).toBe(parts.slice(first, first + count).join(''));
      }),
      { numRuns: 300 },
    );
  });

  it('is empty for a patch that has no such file, and for an empty one', async () => {
    expect(await cut([sectionOf('a', ['1'])], { first: 1, count: 1 })).toBe('');
    expect(await cut([], { first: 0, count: 1 })).toBe('');
  });

  it('closes the patch when nobody wants the rest, also before anything was read', async () => {
    for (const read of [true, false]) {
      const patch = Readable.from([Buffer.from(sectionOf('a', ['1']))]);
      const part = cutPatch(patch, { first: 0, count: 1 });
      if (read) part.read();
      part.destroy();
      await new Promise((resolve) => patch.once('close', resolve));
      expect(patch.destroyed).toBe(true);
    }
  });
});
