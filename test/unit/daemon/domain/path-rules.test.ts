import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPathRules,
  type PathRuleInput,
  pathPatternProblems,
  violationSentences,
} from '../../../../main/daemon/domain/path-rules.ts';

const check = (input: Partial<PathRuleInput>) =>
  checkPathRules({ touchedPaths: [], allowedPaths: [], forbiddenPaths: [], ...input });

describe('path rules', () => {
  it('lets everything pass without patterns (PATH-9)', () => {
    expect(check({ touchedPaths: ['a', 'b/c'] })).toEqual([]);
  });

  it('says which pattern forbids a path, even an allowed one (PATH-8)', () => {
    const violations = check({
      touchedPaths: ['src/a.ts', 'src/keys/id.pem'],
      allowedPaths: ['src/'],
      forbiddenPaths: ['*.pem'],
    });
    expect(violations).toEqual([
      {
        path: 'src/keys/id.pem',
        rule: 'forbidden_paths',
        pattern: '*.pem',
        sentence: '"src/keys/id.pem" was changed, which forbidden_paths "*.pem" rules out',
      },
    ]);
  });

  it('wants every path covered when there is a list of allowed ones (PATH-9)', () => {
    const violations = check({ touchedPaths: ['src/a.ts', 'README.md'], allowedPaths: ['src/**', 'docs/'] });
    expect(violations.map(({ sentence }) => sentence)).toEqual([
      '"README.md" was changed and no pattern of allowed_paths covers it',
    ]);
  });

  it('judges the old and the new name of a rename (PATH-10)', () => {
    const outOfForbidden = check({ touchedPaths: ['secret/a', 'open/a'], forbiddenPaths: ['secret/'] });
    const outOfAllowed = check({ touchedPaths: ['src/a', 'other/a'], allowedPaths: ['src/'] });
    expect([outOfForbidden, outOfAllowed].map(([first]) => first?.path)).toEqual(['secret/a', 'other/a']);
  });

  it('ignores case where the file system does (PATH-11)', () => {
    const input = { touchedPaths: ['Secrets/x'], forbiddenPaths: ['secrets/'] };
    expect(check(input)).toEqual([]);
    expect(check({ ...input, ignoresCase: true })).toHaveLength(1);
  });

  it('counts a pattern that cannot be read as broken (PATH-7)', () => {
    expect(check({ touchedPaths: ['a'], allowedPaths: ['a'], forbiddenPaths: ['!b'] })).toMatchObject([
      { rule: 'forbidden_paths', pattern: '!b' },
    ]);
    expect(pathPatternProblems(['ok/**', '../x'])).toEqual(['path pattern "../x" leads upward: ".." is not allowed']);
  });

  it('shows odd names visibly and says how many violations it left out', () => {
    const violations = check({ touchedPaths: ['a\nb', 'c', 'd'], allowedPaths: ['x'] });
    expect(violationSentences(violations, 1)).toEqual([
      '"a\\nb" was changed and no pattern of allowed_paths covers it',
      'and 2 more paths',
    ]);
    expect(violationSentences(violations, 3)).toHaveLength(3);
  });

  it('has exactly the paths that are forbidden or not allowed, each once (PATH-8, PATH-9)', () => {
    const name = fc.stringMatching(/^[ab]{1,2}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path), path, path, (touchedPaths, allowed, forbidden) => {
        const isBelow = (one: string, folder: string) => one === folder || one.startsWith(`${folder}/`);
        const broken = new Set(touchedPaths.filter((one) => !isBelow(one, allowed) || isBelow(one, forbidden)));
        const violations = check({ touchedPaths, allowedPaths: [`/${allowed}`], forbiddenPaths: [`/${forbidden}`] });
        expect(violations.map((violation) => violation.path)).toEqual([...broken]);
      }),
    );
  });
});
