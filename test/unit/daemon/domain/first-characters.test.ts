import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstCharacters } from '../../../../main/daemon/domain/first-characters.ts';

it('is the beginning of a text, with no half of a character at its end', () => {
  expect(firstCharacters('ab😀', 4)).toBe('ab😀');
  expect(firstCharacters('ab😀', 3)).toBe('ab');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, maxLength) => {
      const first = firstCharacters(text, maxLength);
      expect(text.startsWith(first)).toBe(true);
      expect(first.isWellFormed()).toBe(true);
      expect(maxLength - first.length).toBeLessThanOrEqual(text.length < maxLength ? maxLength : 1);
    }),
  );
});
