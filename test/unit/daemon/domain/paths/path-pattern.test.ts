import { describe, expect, it } from 'vitest';
import { parsePathPattern } from '../../../../../main/daemon/domain/paths/path-pattern.ts';
import { plantPatterns } from '../../../../../main/daemon/domain/paths/pattern-tree.ts';

function matches(source: string, path: string): boolean {
  const pattern = parsePathPattern(source);
  if (!pattern.ok) throw new Error(pattern.error);
  return plantPatterns([pattern.value]).find(path.split('/')) !== null;
}

describe('a path pattern', () => {
  it.each([
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'x/src/a.ts', false],
    ['/a.ts', 'a.ts', true],
    ['/a.ts', 'x/a.ts', false],
    ['./src/a.ts', 'src/a.ts', true],
    ['a.ts', 'x/y/a.ts', true],
    ['*.pem', 'deep/down/key.pem', true],
  ])('%j on %j: %j, from the root with a slash and anywhere without (PATH-4)', (source, path, expected) => {
    expect(matches(source, path)).toBe(expected);
  });

  it.each([
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/x/a.ts', false],
    ['src/?.ts', 'src/ab.ts', false],
    ['src/?.ts', 'src/😀.ts', true],
    ['src/**/a.ts', 'src/a.ts', true],
    ['src/**/a.ts', 'src/x/y/a.ts', true],
    ['**/a/b', 'a/b', true],
    ['**/a/b', 'x/y/a/b', true],
    ['**', 'anything/at/all', true],
    ['app/[id].tsx', 'app/[id].tsx', true],
    ['app/[id].tsx', 'app/i.tsx', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a*b*c', 'a1b2b3c', true],
    ['a*b*c', 'a1b2b3', false],
    ['*', 'a', true],
    ['a**b', 'axyb', true],
  ])('%j on %j: %j (PATH-5)', (source, path, expected) => {
    expect(matches(source, path)).toBe(expected);
  });

  it.each([
    ['src', 'src/x/y.ts', true],
    ['src/', 'src/x/y.ts', true],
    ['src/', 'src', false],
    ['src/', 'x/src/y', true],
    ['/src/', 'x/src/y', false],
    ['src/**', 'src/x', true],
    ['src/**', 'src', false],
    ['src/*', 'src/x/y', true],
    ['a/b/', 'a/b', false],
    ['a/b/', 'a/b/c', true],
  ])('%j on %j: %j, folders cover what is below (PATH-6)', (source, path, expected) => {
    expect(matches(source, path)).toBe(expected);
  });

  it.each([
    ['', 'is blank'],
    ['   ', 'is blank'],
    ['!src', 'starts with "!"'],
    ['../x', 'leads upward'],
    ['a/../b', 'leads upward'],
    ['/', 'whole repository'],
    ['.', 'whole repository'],
    ['./', 'whole repository'],
    ['a\0', 'null character'],
    ['a\\', 'backslash'],
    ['a\\\\\\', 'backslash'],
  ])('%j cannot be read (PATH-7)', (source, problem) => {
    const result = parsePathPattern(source);
    expect(result.ok ? 'read' : result.error).toContain(problem);
  });

  it('ends soon on a pattern that is made to take long', () => {
    const source = `${'*a'.repeat(1500)}/${'**/'.repeat(300)}x`;
    expect(matches(source, `${'a'.repeat(3000)}b/${'y/'.repeat(300)}y`)).toBe(false);
  });
});
