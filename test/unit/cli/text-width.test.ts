import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, textWidth } from '../../../main/cli/text-width.ts';

describe('the width of a text (CLI-18)', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['äöü', 3],
    ['a\u0301', 1],
    ['漢字', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['🙂', 2],
    ['👩‍💻', 2],
    ['🇨🇭', 2],
    ['⚠\ufe0f', 2],
    ['\u200b', 0],
    ['…', 1],
  ])('of %j is %d', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('a text that is cut (CLI-18)', () => {
  it.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['漢字漢字', 5, '漢字…'],
    ['漢字漢字', 4, '漢…'],
    ['a word and more', 8, 'a word…'],
    ['x', 0, ''],
  ])('%j in %d columns is %j', (text, columns, cut) => {
    expect(cutText(text, columns)).toBe(cut);
  });

  it('is never wider than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        expect(textWidth(cutText(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
