import { describe, expect, it } from 'vitest';
import { lastScreen } from '../../../../main/cli/attach/last-screen.ts';

describe('TERM-10: the last screen of a terminal', () => {
  it.each([
    ['', 3, ''],
    ['a', 3, 'a'],
    ['a\nb\nc\nd', 3, 'b\nc\nd'],
    ['a\nb\nc\nd\n', 3, 'b\nc\nd\n'],
    ['\n\n\n\n', 2, '\n\n'],
    ['a\nb', 9, 'a\nb'],
    ['\n', 1, '\n'],
  ])('%j in %i rows', (shown, rows, expected) => {
    expect(Buffer.from(lastScreen(Buffer.from(shown), rows)).toString()).toBe(expected);
  });
});
