import { describe, expect, it } from 'vitest';
import { splitRows } from '../../../../../renderer/screens/artifacts/split-rows.ts';

const texts = (text: string) => splitRows(text).map((row) => row.text);

describe('splitRows', () => {
  it('numbers lines, and begins none after the last line end', () => {
    expect(splitRows('a\nb\n').map(({ line, text }) => `${line} ${text}`)).toEqual(['1 a', '2 b']);
    expect(texts('a\r\n\r\nb')).toEqual(['a', '', 'b']);
    expect(texts('')).toEqual([]);
    expect(texts('\n')).toEqual(['']);
  });

  it('draws a very long line in parts, and loses nothing of it', () => {
    const line = `${'x'.repeat(999)}😀${'y'.repeat(1500)}`;
    const rows = splitRows(`a\n${line}\nb`);
    expect(rows.map(({ line: number, isContinued }) => `${number}${isContinued ? '+' : ''}`)).toEqual([
      '1',
      '2',
      '2+',
      '2+',
      '3',
    ]);
    expect(
      rows
        .slice(1, 4)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
    expect(rows.every(({ text }) => text.isWellFormed())).toBe(true);
  });
});
