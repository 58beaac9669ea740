import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldersAbove, isWithin, joinBytePath, toBytePath } from '../../../../../main/daemon/adapters/git/byte-path.ts';
import { pathOfText, textOfPath } from '../../../../../main/daemon/adapters/git/path-text.ts';

const bytePath = fc.uint8Array({ min: 1, minLength: 1 }).map(toBytePath);

describe('paths as text', () => {
  it.each([
    ['plain/path.txt', 'plain/path.txt'],
    ['new\nline', 'new\nline'],
    [toBytePath(Buffer.from('zürich')), 'zürich'],
    ['\xff\xfe', '"\\377\\376"'],
    ['"quoted"', '"\\"quoted\\""'],
    ['back\\slash', 'back\\slash'],
    ['\xff\\\n', '"\\377\\\\\\012"'],
  ])('GIT-22 writes %j as %j', (path, text) => {
    expect(textOfPath(path)).toBe(text);
    expect(pathOfText(text)).toBe(path);
  });

  it('GIT-22 gives every path a text of its own, and finds it again', () => {
    fc.assert(fc.property(bytePath, (path) => pathOfText(textOfPath(path)) === path));
    fc.assert(fc.property(bytePath, bytePath, (a, b) => a === b || textOfPath(a) !== textOfPath(b)));
  });

  it('GIT-22 survives JSON', () => {
    fc.assert(fc.property(bytePath, (path) => pathOfText(JSON.parse(JSON.stringify(textOfPath(path)))) === path));
  });
});

describe('folders of paths', () => {
  it('GIT-22 are found by whole parts', () => {
    expect(foldersAbove('a/b/c')).toEqual(['a', 'a/b']);
    expect(foldersAbove('a')).toEqual([]);
    expect(isWithin('a/b', 'a')).toBe(true);
    expect(isWithin('ab', 'a')).toBe(false);
    expect(isWithin('a', 'a')).toBe(true);
    expect(isWithin('anything', '')).toBe(true);
    expect(joinBytePath('', 'a')).toBe('a');
    expect(joinBytePath('a', 'b')).toBe('a/b');
  });
});
