import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksIn, webTarget } from '../../../../renderer/words/links-in.ts';

const targetsIn = (text: string): readonly string[] => linksIn(text).map(({ target }) => target);

describe('addresses in a text', () => {
  it.each([
    ['see https://example.org/a?b=1#c.', ['https://example.org/a?b=1#c']],
    ['(http://127.0.0.1:8080/x)', ['http://127.0.0.1:8080/x']],
    ['https://en.wikipedia.org/wiki/Rust_(language), and', ['https://en.wikipedia.org/wiki/Rust_(language)']],
    ['**https://example.org**', ['https://example.org/']],
    ['two: https://a.example https://b.example/!', ['https://a.example/', 'https://b.example/']],
    ['javascript:alert(1) file:///etc/passwd data:text/html,x ftp://a.example', []],
    ['https://', []],
    ['nothing here', []],
  ])('%s', (text, targets) => {
    expect(targetsIn(text)).toEqual(targets);
  });

  it('end before a letter that could look like another', () => {
    expect(targetsIn('https://exam\u0440le.org/')).toEqual(['https://exam/']);
    expect(targetsIn('https://a.example/\u202egnp.exe')).toEqual(['https://a.example/']);
  });

  it('stand where they are said to stand, and lead to the web', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (around) => {
        for (const { from, to, target } of linksIn(`${around} https://a.example/b${around}`)) {
          expect(to).toBeGreaterThan(from);
          expect(webTarget(target)).toBe(target);
        }
      }),
    );
  });
});

describe('an address that a program names', () => {
  it.each([
    ['https://example.org/x', 'https://example.org/x'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['vscode://file/x', null],
    ['not one', null],
  ])('%s', (address, target) => {
    expect(webTarget(address)).toBe(target);
  });
});
