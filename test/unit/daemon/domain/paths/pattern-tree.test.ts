import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PathPattern, parsePathPattern } from '../../../../../main/daemon/domain/paths/path-pattern.ts';
import { plantPatterns } from '../../../../../main/daemon/domain/paths/pattern-tree.ts';

function parse(source: string): PathPattern {
  const pattern = parsePathPattern(source);
  if (!pattern.ok) throw new Error(pattern.error);
  return pattern.value;
}

const THOUSAND = Array.from({ length: 1000 }, (_, index) => index);

describe('many path patterns', () => {
  it('mean together what each means by itself, and the first of the list is named (PATH-8)', () => {
    const segment = fc.stringMatching(/^([ab]{1,2}|[ab*?]{1,3}|\*\*)$/);
    const pattern = fc
      .tuple(fc.constantFrom('', '/'), fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/'))
      .map(([start, segments, end]) => parse(`${start}${segments.join('/')}${end}`));
    const path = fc.array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 8 }), fc.array(path, { maxLength: 8 }), (patterns, paths) => {
        const tree = plantPatterns(patterns);
        for (const names of paths) {
          const first = patterns.find((one) => plantPatterns([one]).find(names) !== null) ?? null;
          expect(tree.find(names)).toBe(first);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['words', (index: number) => `src/module-${index}/generated`],
    ['endings', (index: number) => `*.end-${index}`],
    ['folders anywhere', (index: number) => `**/*/**/*/**/*/**/part-${index}`],
  ])('of the kind %s do not hold up anybody, a thousand of them on a thousand paths', (_, patternOf) => {
    const tree = plantPatterns(THOUSAND.map((index) => parse(patternOf(index))));
    const startedAtMs = performance.now();
    for (const index of THOUSAND) expect(tree.find(`src/a/b/c/d/e/f/g/h/i/file-${index}.ts`.split('/'))).toBeNull();
    // Each by itself took up to eighteen seconds; together it is some hundredths of one.
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });
});
