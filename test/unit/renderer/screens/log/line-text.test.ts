import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastWritten, lineOf, linesOf, SHOWN_CHARACTERS } from '../../../../../renderer/screens/log/line-text.ts';

describe('what is kept of a line', () => {
  it('is the last that a progress bar wrote', () => {
    expect(lastWritten('10%\r20%\r30%')).toBe('30%');
    expect(lastWritten('10%\r20%\r')).toBe('20%');
    expect(lastWritten('a line of Windows\r')).toBe('a line of Windows');
    expect(lastWritten('\r\r')).toBe('');
  });

  it('is all of a short one, and tells what is missing of a long one in bytes', () => {
    expect(lineOf('short', false)).toEqual({ text: 'short', moreBytes: 0, isBeginning: false });
    const { text, moreBytes } = lineOf(`${'x'.repeat(SHOWN_CHARACTERS)}ää`, false);
    expect(text).toHaveLength(SHOWN_CHARACTERS);
    expect(moreBytes).toBe(4);
  });

  it('never ends within a character', () => {
    const { text, moreBytes } = lineOf(`${'x'.repeat(SHOWN_CHARACTERS - 1)}😀`, false);
    expect(text).toHaveLength(SHOWN_CHARACTERS - 1);
    expect(moreBytes).toBe(4);
  });

  it('keeps every byte, drawn or counted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4000, maxLength: 5000 }), (raw) => {
        const written = lastWritten(raw);
        const { text, moreBytes } = lineOf(raw, false);
        expect(Buffer.byteLength(text) + moreBytes).toBe(Buffer.byteLength(written));
        expect(written.startsWith(text)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('tells which lines came only with their beginning', () => {
    const lines = linesOf({ lines: ['a', 'b'], numbers: [7, 8], cut: [8] });
    expect(lines.map(({ isBeginning }) => isBeginning)).toEqual([false, true]);
  });
});
