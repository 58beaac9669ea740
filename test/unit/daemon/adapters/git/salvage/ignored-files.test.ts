import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseIgnored } from '../../../../../../main/daemon/adapters/git/salvage/ignored-files.ts';
import { DEFAULT_LIMITS } from '../../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';

const LIMITS = { ...DEFAULT_LIMITS, cacheNames: [], ignoredFileBytes: 10, ignoredTotalBytes: 20 };
const sized = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(([path, sizeBytes]) => ({ path, sizeBytes }));

describe('choosing ignored files', () => {
  it('GIT-21 keeps the smallest, so that as many as possible are kept', () => {
    const { kept, notSaved } = chooseIgnored(sized({ large: 10, small: 1, middle: 9, huge: 11, tiny: 1 }), LIMITS);
    expect(kept).toEqual(['small', 'tiny', 'middle']);
    expect(notSaved.map(({ path, code }) => [path, code])).toEqual([
      ['large', 'over_total_limit'],
      ['huge', 'over_file_limit'],
    ]);
  });

  it('GIT-21 takes a limit for the most that is allowed', () => {
    expect(chooseIgnored(sized({ a: 10, b: 10 }), LIMITS).notSaved).toEqual([]);
  });

  it('GIT-21 keeps or names every file, and never more than the limits', () => {
    const files = fc.uniqueArray(fc.record({ path: fc.string({ minLength: 1 }), sizeBytes: fc.nat(15) }), {
      selector: ({ path }) => path,
    });
    fc.assert(
      fc.property(files, (ignored) => {
        const { kept, notSaved } = chooseIgnored(ignored, LIMITS);
        const bytes = ignored
          .filter(({ path }) => kept.includes(path))
          .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        expect(kept.length + notSaved.length).toBe(ignored.length);
        expect(bytes).toBeLessThanOrEqual(LIMITS.ignoredTotalBytes);
      }),
    );
  });
});
