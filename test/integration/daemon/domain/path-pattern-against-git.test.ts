import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePathPattern } from '../../../../main/daemon/domain/paths/path-pattern.ts';
import { plantPatterns } from '../../../../main/daemon/domain/paths/pattern-tree.ts';

let repository = '';

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'codencer-patterns-'));
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
});

afterAll(() => rmSync(repository, { recursive: true, force: true }));

/** Which of the paths git itself would ignore under the pattern. */
function ignoredByGit(pattern: string, paths: readonly string[]): ReadonlySet<string> {
  writeFileSync(join(repository, '.gitignore'), `${pattern}\n`);
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '--stdin', '-z'], {
    cwd: repository,
    input: paths.map((path) => `${path}\0`).join(''),
    encoding: 'utf8',
  });
  return new Set(stdout.split('\0'));
}

describe('path patterns', () => {
  it('mean what git means by them in .gitignore (PATH-4, PATH-5, PATH-6)', () => {
    const name = fc.stringMatching(/^[ab.]{1,3}$/).filter((text) => text !== '.' && text !== '..');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    // Git cuts off a literal start before it matches, so that `b**` spans folders there and `?b**` does not: left out.
    const wild = fc.stringMatching(/^[ab*?]{1,3}$/).filter((text) => !text.includes('**') || /^\*+$/.test(text));
    const segment = fc.oneof(name, wild, fc.constantFrom('**', '***'));
    const pattern = fc
      .tuple(fc.constantFrom('', '/'), fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/'))
      .map(([start, segments, end]) => `${start}${segments.join('/')}${end}`);
    fc.assert(
      fc.property(pattern, fc.uniqueArray(path, { minLength: 10, maxLength: 40 }), (source, paths) => {
        const parsed = parsePathPattern(source);
        if (!parsed.ok) throw new Error(parsed.error);
        const tree = plantPatterns([parsed.value]);
        const ours = paths.filter((one) => tree.find(one.split('/')) !== null);
        const ignored = ignoredByGit(source, paths);
        expect(ours).toEqual(paths.filter((one) => ignored.has(one)));
      }),
      { numRuns: Number(process.env['CODENCER_TEST_RUNS'] ?? 200) },
    );
  });
});
