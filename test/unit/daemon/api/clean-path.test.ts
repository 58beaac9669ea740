import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanPath } from '../../../../main/daemon/api/clean-path.ts';

describe('HTTP-14: a clean path', () => {
  it.each([
    ['/api/v1//runs', '/api/v1/runs'],
    ['//evil.example/x', '/evil.example/x'],
    ['/x/../\\evil.example', '/%5Cevil.example'],
    ['///', '/'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['/a//', '/a/'],
    ['/a/..', '/'],
    ['/a/b/', '/a/b/'],
    ['/a/..b/.c', '/a/..b/.c'],
    ['/', '/'],
  ])('%s becomes %s', (path, clean) => {
    expect(cleanPath(path)).toBe(clean);
  });

  it('stays as it is, and never starts with two slashes', () => {
    const parts = fc.array(fc.constantFrom('', '.', '..', 'a', '.a', '...'), { maxLength: 8 });
    fc.assert(
      fc.property(parts, (list) => {
        const clean = cleanPath(`/${list.join('/')}`);
        expect(cleanPath(clean)).toBe(clean);
        expect(clean).toMatch(/^\/(?!\/)/);
      }),
    );
  });
});
