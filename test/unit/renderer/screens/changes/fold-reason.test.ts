import { describe, expect, it } from 'vitest';
import { foldReason, isNamedByGate } from '../../../../../renderer/screens/changes/fold-reason.ts';

const file = (path: string, change: Partial<Parameters<typeof foldReason>[0]> = {}) => ({
  path,
  additions: 1,
  deletions: 0,
  sizeBytes: 10,
  isBinary: false,
  ...change,
});

describe('what is folded by itself', () => {
  it.each([
    [file('web/package-lock.json'), 'lock file'],
    [file('Cargo.lock'), 'lock file'],
    [file('dist/app.js'), 'generated'],
    [file('src/schema.generated.ts'), 'generated'],
    [file('src/app.min.js'), 'generated'],
    [file('a.txt', { additions: 400, deletions: 101 }), 'over 500 lines'],
    [file('a.txt', { sizeBytes: 256 * 1024 + 1 }), 'over 256 KiB'],
    [file('src/login.ts'), null],
    [file('logo.png', { isBinary: true, additions: null, deletions: null, sizeBytes: 9e6 }), null],
  ])('%o: %s', (one, reason) => {
    expect(foldReason(one, false)).toBe(reason);
  });

  it('is never what a gate names', () => {
    expect(foldReason(file('package-lock.json'), true)).toBeNull();
  });
});

describe('a file that a gate names', () => {
  const gate = (reasons: readonly string[], paths: readonly string[] | null = null) => [
    { reasons, request: paths === null ? null : { paths } },
  ];
  it('is found in its reasons, whole', () => {
    expect(isNamedByGate(gate(['Dependency file package.json changed.']), 'package.json')).toBe(true);
    expect(isNamedByGate(gate(['Changed: package.json.']), 'package.json')).toBe(true);
    expect(isNamedByGate(gate(['web/package.json changed']), 'package.json')).toBe(false);
    expect(isNamedByGate(gate(['src/a.tsx changed']), 'src/a.ts')).toBe(false);
  });
  it('is found among the paths that are asked about', () => {
    expect(isNamedByGate(gate([], ['/some/tree/src/a.ts']), 'src/a.ts')).toBe(true);
    expect(isNamedByGate(gate([], ['/some/tree/src/b.ts']), 'src/a.ts')).toBe(false);
  });
});
