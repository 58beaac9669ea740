import { describe, expect, it } from 'vitest';
import { fileName, indented, oneLine, printable, wantsColor } from '../../../main/cli/terminal.ts';

describe('text from outside on a terminal (CLI-12)', () => {
  it.each([
    ['\u001b[2Jgone', '\\x1b[2Jgone'],
    ['a\u0007b\rc', 'a\\x07b\\x0dc'],
    ['\u009b31m', '\\x9b31m'],
    ['abc\u202ecba', 'abc\\u{202e}cba'],
    ['plain äöü 漢字 🙂\n\tnext', 'plain äöü 漢字 🙂\n\tnext'],
  ])('%j is shown, not obeyed', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('does not pass for a line of ours', () => {
    expect(indented('was:\nState: completed\u001b[2J', 3)).toBe('was:\n   State: completed\\x1b[2J');
    expect(fileName('a\n--- Validations ---\n\t[PASS]')).toBe('a\\x0a--- Validations ---\\x0a\\x09[PASS]');
  });

  it('fits on one line where it must', () => {
    expect(oneLine('  a\n\tb \u001b[0m ')).toBe('a b \\x1b[0m');
  });
});

describe('colour (CLI-18)', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
  ])('on a terminal: %s, with %j: %s', (isTerminal, env, expected) => {
    expect(wantsColor(isTerminal, env)).toBe(expected);
  });
});
