import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCharacters, countLines, textPieces } from '../../../../renderer/words/text-pieces.ts';

const drawn = (text: string): string =>
  textPieces(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.text}]`))
    .join('');

const HIDDEN = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

describe('a text in which nothing hides', () => {
  test('what is seen stays as it is, emoji and other scripts too', () => {
    expect(textPieces('npm test\n\tgrün 你好 🙂')).toEqual([{ kind: 'text', text: 'npm test\n\tgrün 你好 🙂' }]);
    expect(textPieces('')).toEqual([]);
  });

  test.each([
    ['a right-to-left override', 'rm \u202Etxt.exe', 'rm [U+202E]txt.exe'],
    ['a zero-width space', 'a\u200Bb', 'a[U+200B]b'],
    ['zero-width joiners', 'a\u200C\u200Db', 'a[U+200C U+200D]b'],
    ['an escape', '\u001B[2Jls', '[U+001B][2Jls'],
    ['a carriage return', 'safe\rrm', 'safe[U+000D]rm'],
    ['a space that is none of the space bar', 'rm\u00A0-rf', 'rm[U+00A0]-rf'],
    ['a line separator', 'a\u2028b', 'a[U+2028]b'],
    ['a Hangul filler', 'a\u3164b', 'a[U+3164]b'],
    ['a blank of Braille', 'a\u2800b', 'a[U+2800]b'],
    ['a tag character beyond the first plane', 'a\u{E0041}b', 'a[U+E0041]b'],
    ['a thousand of the same', `a${'\u200B'.repeat(1000)}b`, 'a[U+200B 1,000 times]b'],
    ['half of a character', 'a\uD800b', 'a[U+D800]b'],
  ])('%s is drawn by its name', (_, text, shown) => {
    expect(drawn(text)).toBe(shown);
  });

  test('long runs of nothing are counted, short ones are not', () => {
    expect(drawn(`ls${'\n'.repeat(15)}rm -rf x`)).toBe('ls\n[14 blank lines]\nrm -rf x');
    expect(drawn(`ls\n  \n\t\n \n\nrm`)).toBe('ls\n[4 blank lines]\nrm');
    expect(drawn('\n\n\n\nrm')).toBe('[4 blank lines]\nrm');
    expect(drawn('ls\n\n\nrm')).toBe('ls\n\n\nrm');
    expect(drawn(`ls${' '.repeat(200)}rm`)).toBe('ls[200 spaces]rm');
    expect(drawn(`ls${' \t'.repeat(30)}rm`)).toBe('ls[60 spaces and tabs]rm');
    expect(drawn(`ls${' '.repeat(39)}rm`)).toBe(`ls${' '.repeat(39)}rm`);
  });

  test('whatever can be seen is in what is drawn, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 }), (points) => {
        const text = String.fromCodePoint(...points);
        const kept = textPieces(text)
          .filter(({ kind }) => kind === 'text')
          .map((piece) => piece.text)
          .join('');
        const visible = (of: string) => of.replace(HIDDEN, '');
        expect(visible(kept)).toBe(visible(text));
        expect(/[\p{Cc}\p{Cf}]/u.test(kept.replace(/[\n\t]/g, ''))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('a lot of what is made to be slow takes no time', () => {
    for (const unit of ['\n', ' ', '\n ', '\u200B', '\t\nx']) {
      expect(textPieces(unit.repeat(40_000 / unit.length)).length).toBeGreaterThan(0);
    }
  });

  test('lines and characters are counted as people count them', () => {
    expect([countLines(''), countLines('a'), countLines('a\n'), countLines('a\n\nb')]).toEqual([0, 1, 1, 3]);
    expect(countCharacters('a🙂b')).toBe(3);
  });
});
