import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_LENGTH, hashText } from '../../../contract/hash-text.ts';

/** The same by Node's own SHA-256. */
function expectedHash(text: string): string {
  const half = createHash('sha256').update(text, 'utf8').digest().subarray(0, 16);
  return BigInt(`0x${half.toString('hex')}`)
    .toString(36)
    .padStart(HASH_LENGTH, '0');
}

describe('hashText', () => {
  it.each([
    ['', 'dh9uvdc4a0dgat48fg6sr6810'],
    ['abc', 'b1f39ka8uqh0yos0bxf9sj28z'],
  ])('of "%s" never changes, for names on disk depend on it (ID-6)', (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });

  it('is half of SHA-256, whatever the text (ID-6)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(hashText(text)).toBe(expectedHash(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each([54, 55, 56, 63, 64, 65, 119, 120, 128, 1_000, 100_000])(
    'is right at %i bytes, where blocks begin and end (ID-6)',
    (length) => {
      const text = 'x'.repeat(length);
      expect(hashText(text)).toBe(expectedHash(text));
    },
  );

  it('has the length that ids are cut for (ID-6)', () => {
    const lengths = Array.from({ length: 2_000 }, (_, index) => hashText(String(index)).length);
    expect(new Set(lengths)).toEqual(new Set([HASH_LENGTH]));
  });
});
