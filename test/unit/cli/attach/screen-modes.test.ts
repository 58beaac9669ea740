import { describe, expect, it } from 'vitest';
import { createScreenModes } from '../../../../main/cli/attach/screen-modes.ts';

function undoOf(...chunks: readonly string[]): string {
  const modes = createScreenModes();
  for (const chunk of chunks) modes.see(Buffer.from(chunk));
  return modes.undo();
}

describe('TERM-10: what a program did to the terminal', () => {
  it.each([
    [['text'], '\x1b[0m'],
    [['\x1b[?1049h\x1b[?25l'], '\x1b[0m\x1b[?1049l\x1b[?25h'],
    [['\x1b[?1049h', 'more', '\x1b[?1049l'], '\x1b[0m'],
    [['a\x1b', '[?10', '00;1006h'], '\x1b[0m\x1b[?1000l\x1b[?1006l'],
    [['\x1b[?25h\x1b[?7h'], '\x1b[0m'],
  ])('%j', (chunks, expected) => {
    expect(undoOf(...chunks)).toBe(expected);
  });
});
