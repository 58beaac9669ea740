import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BOLD,
  INVERSE,
  type Piece,
  parseAnsi,
  plainText,
  SIGN,
} from '../../../../../renderer/screens/log/parse-ansi.ts';

const ESC = '\u001b';
const hasControls = (text: string): boolean =>
  Array.from(text, (character) => character.charCodeAt(0)).some(
    (code) => (code < 0x20 && code !== 9) || (code >= 0x7f && code <= 0x9f),
  );
const only = (line: string): Piece | undefined => parseAnsi(line)[0];

describe('a line of output', () => {
  it('keeps colours and weights', () => {
    expect(parseAnsi(`a${ESC}[1;31mb${ESC}[0mc`)).toEqual([
      ['a', null, null, 0],
      ['b', 'red', null, BOLD],
      ['c', null, null, 0],
    ]);
    expect(only(`${ESC}[7;44mx`)).toEqual(['x', null, 'blue', INVERSE]);
    expect(only(`${ESC}[1m${ESC}[22mx`)).toEqual(['x', null, null, 0]);
    expect(only(`${ESC}[mx`)).toEqual(['x', null, null, 0]);
    expect(only('\u009b32mx')).toEqual(['x', 'green', null, 0]);
  });

  it.each([
    ['38;5;1', 'red'],
    ['38;5;8', 'grey'],
    ['38;5;244', 'grey'],
    ['38;5;46', 'green'],
    ['38;2;255;60;60', 'red'],
    ['38;2;90;90;250', 'blue'],
    ['38;2;240;230;20', 'yellow'],
    ['38;2;250;40;240', 'magenta'],
    ['38;2;250;250;250', 'white'],
    ['91', 'red'],
    ['90', 'grey'],
  ])('draws %s as %s', (code, color) => {
    expect(only(`${ESC}[${code}mx`)?.[1]).toBe(color);
  });

  it.each([
    ['a title', `a${ESC}]0;evil\u0007b`],
    ['a title that ends as a string does', `a${ESC}]2;evil${ESC}\\b`],
    ['the clipboard', `a${ESC}]52;c;ZXZpbA==\u0007b`],
    ['a link, whose text stays', `a${ESC}]8;;javascript:evil()\u0007b${ESC}]8;;\u0007`],
    ['a device control string', `a${ESC}P1;2evil${ESC}\\b`],
    ['an application command', `a${ESC}_evil${ESC}\\b`],
    ['a private message', `a${ESC}^evil${ESC}\\b`],
    ['cursor movement', `a${ESC}[2J${ESC}[10;10Hb`],
    ['a private mode', `a${ESC}[?1049hb`],
    ['a mode with an intermediate', `a${ESC}[0 qb`],
    ['a character set', `a${ESC}(Bb`],
    ['controls', 'a\u0000\u0007\u0008\u007f\u0085b'],
    ['strings of one byte', 'a\u009d0;evil\u009cb'],
  ])('leaves out %s', (_, line) => {
    expect(plainText(line)).toBe('ab');
  });

  it('leaves out strings without an end, up to the end of the line', () => {
    expect(plainText(`a${ESC}]52;c;ZXZpbA==`)).toBe('a');
    expect(plainText(`a${ESC}Pevil`)).toBe('a');
    expect(plainText(`a${ESC}[1;2;3`)).toBe('a');
    expect(plainText(`a${ESC}`)).toBe('a');
  });

  it('marks what turns the order of letters round, and what has no width', () => {
    expect(parseAnsi('a\u202eb\u200bc').map(([text, , , flags]) => [text, flags])).toEqual([
      ['a', 0],
      ['\u202e', SIGN],
      ['b', 0],
      ['\u200b', SIGN],
      ['c', 0],
    ]);
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(ESC, '[', ']', ';', '5', '38', 'm', 'P', '_', '\\', '\u0007', '\u009b', '\u009d', 'x', ' '),
        {
          maxLength: 60,
        },
      )
      .map((parts) => parts.join('')),
  );

  it('never holds a control character but the tab, whatever it was made of', () => {
    fc.assert(
      fc.property(hostile, (line) => {
        expect(plainText(line)).not.toSatisfy(hasControls);
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same when it is parsed again, and loses no text that has nothing special', () => {
    fc.assert(
      fc.property(hostile, (line) => {
        const once = plainText(line);
        expect(plainText(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(line.length);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~\t\u00e4-\u00fc]*$/), (line) => {
        expect(plainText(line)).toBe(line);
      }),
    );
  });

  it.each([
    ['parameters without an end', `${ESC}[${';'.repeat(1_000_000)}`],
    ['very many codes', `${ESC}[${'1;'.repeat(500_000)}m`],
    ['very many sequences', `${ESC}[31m`.repeat(200_000)],
    ['very many beginnings', ESC.repeat(1_000_000)],
    ['very many strings', `${ESC}]0;`.repeat(250_000)],
    ['very many controls', '\u0000'.repeat(1_000_000)],
  ])('takes time in proportion to its length: %s', (_, line) => {
    const startedMs = performance.now();
    parseAnsi(line);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
