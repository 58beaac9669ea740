import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextBytes } from '../../../../main/daemon/domain/text-bytes.ts';

describe('text bytes', () => {
  it('are the UTF-8 of any text, short or long', () => {
    const bytesOf = createTextBytes();
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, fc.constantFrom(1, 40_000), (piece, times) => {
        const whole = piece.slice(0, 5).repeat(times);
        expect(Buffer.from(bytesOf(whole)).equals(Buffer.from(whole))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('lie in the same memory', () => {
    const bytesOf = createTextBytes();
    expect(bytesOf('one').buffer).toBe(bytesOf('two').buffer);
  });
});
