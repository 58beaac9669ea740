import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRelativePath } from '../../../../../main/daemon/domain/paths/relative-path.ts';

describe('parseRelativePath', () => {
  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['\\\\server\\share', 'is absolute'],
    ['\\x', 'is absolute'],
    ['C:\\Windows', 'is absolute'],
    ['c:notes', 'is absolute'],
    ['a\0b', 'null character'],
  ])('refuses %j on every system (PATH-1)', (text, problem) => {
    for (const flavor of ['posix', 'windows'] as const) {
      const result = parseRelativePath(text, flavor);
      expect(result.ok ? result.value : result.error).toContain(problem);
    }
  });

  it.each(['..', '../a', 'a/../b', 'a/..', '..\\a', 'a\\..\\b', 'a/..\\b'])('refuses %j (PATH-2)', (text) => {
    for (const flavor of ['posix', 'windows'] as const) {
      const result = parseRelativePath(text, flavor);
      expect(result.ok ? result.value : result.error).toContain('leads upward');
    }
  });

  it('keeps dots that are part of a name (PATH-2)', () => {
    expect(parseRelativePath('foo..bar/.../..x', 'posix')).toEqual({ ok: true, value: ['foo..bar', '...', '..x'] });
  });

  it('takes the root for what it is, and drops empty and single-dot segments', () => {
    expect(parseRelativePath('.', 'posix')).toEqual({ ok: true, value: [] });
    expect(parseRelativePath('./a//b/', 'posix')).toEqual({ ok: true, value: ['a', 'b'] });
  });

  it('splits at a backslash on Windows only', () => {
    expect(parseRelativePath('a\\b', 'windows')).toEqual({ ok: true, value: ['a', 'b'] });
    expect(parseRelativePath('a\\b', 'posix')).toEqual({ ok: true, value: ['a\\b'] });
  });

  it.each(['nul', 'a/CON', 'com1.txt', 'LPT¹', 'a.', 'a /b', 'x/a:stream', 'a?b', 'a\u0007'])(
    'refuses %j on Windows (PATH-3)',
    (text) => {
      const result = parseRelativePath(text, 'windows');
      expect(result.ok ? result.value : result.error).toContain('Windows does not allow');
      expect(parseRelativePath(text, 'posix').ok).toBe(true);
    },
  );

  it('never lets a segment through that leads upward or is a separator (PATH-1, PATH-2)', () => {
    const piece = fc.constantFrom('..', '.', 'a', '/', '\\', '\0', 'C:', '', 'b..');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('posix', 'windows'), (pieces, flavor) => {
        const result = parseRelativePath(pieces.join(''), flavor);
        if (!result.ok) return;
        for (const segment of result.value) {
          expect(['', '.', '..']).not.toContain(segment);
          expect(segment).not.toMatch(flavor === 'windows' ? /[/\\\0:]/ : /[/\0]/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
