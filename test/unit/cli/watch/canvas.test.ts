import { describe, expect, it } from 'vitest';
import { openCanvas } from '../../../../main/cli/watch/canvas.ts';
import { linesOnScreen } from '../../../support/screen-of.ts';

function drawing(columns = 20) {
  let output = '';
  const size = { columns, rows: 10 };
  const canvas = openCanvas(
    (text) => {
      output += text.replaceAll('\n', '\r\n');
    },
    { size: () => size, hasColor: true },
  );
  return { canvas, size, output: () => output, screen: () => linesOnScreen(output) };
}

describe('lines that are drawn over again (CLI-23)', () => {
  it('are where they were, however many they become', () => {
    const { canvas, screen } = drawing();
    canvas.draw(['one', 'two', 'three']);
    canvas.draw(['\x1b[31mfour\x1b[0m']);
    canvas.draw(['five', 'six']);
    expect(screen()).toEqual(['five', 'six']);
  });

  it('make room for other text, and stay when they are left', () => {
    const { canvas, screen } = drawing();
    canvas.draw(['one', 'two']);
    canvas.clear();
    expect(screen()).toEqual(['']);
    canvas.draw(['three']);
    canvas.leave();
    canvas.draw(['four']);
    expect(screen()).toEqual(['three', 'four']);
  });

  it('go up by the rows that a narrower terminal made of them', () => {
    const { canvas, size, output } = drawing(20);
    canvas.draw(['a'.repeat(19), '漢'.repeat(9), 'c']);
    size.columns = 10;
    canvas.draw(['x']);
    expect(output()).toContain('\r\x1b[4A\x1b[J');
  });

  it('change no mode of the terminal that would have to be put right', () => {
    const { canvas, output } = drawing();
    canvas.draw(['one']);
    canvas.clear();
    canvas.leave();
    expect(output()).not.toContain('\x1b[?');
  });
});
