import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeName } from '../../../contract/escape-name.ts';
import { hashText } from '../../../contract/hash-text.ts';
import { arbitraryName, TREACHEROUS_NAMES } from '../../support/arbitrary-names.ts';

const MAX_LENGTH = 80;

const gitRules: Readonly<Record<string, (name: string) => boolean>> = {
  'is not empty': (name) => name !== '',
  'holds no character that git refuses': (name) => /^[!-~]+$/.test(name) && !/[ ~^:?*[\\/]/.test(name),
  'holds no two dots in a row': (name) => !name.includes('..'),
  'does not start with a dot': (name) => !name.startsWith('.'),
  'does not end with a dot': (name) => !name.endsWith('.'),
  'does not end in .lock': (name) => !name.toLowerCase().endsWith('.lock'),
  'holds no @{': (name) => !name.includes('@{'),
};

const windowsRules: Readonly<Record<string, (name: string) => boolean>> = {
  'holds no reserved character': (name) => !/[<>:"/\\|?*]/.test(name) && !/\p{Cc}/u.test(name),
  'does not end with a dot or a space': (name) => !/[. ]$/.test(name),
  'is no device': (name) => !/^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i.test(name),
};

const isBroken = (name: string, rules: Readonly<Record<string, (name: string) => boolean>>): readonly string[] =>
  Object.entries(rules).flatMap(([rule, holds]) => (holds(name) ? [] : [rule]));

describe('escapeName', () => {
  it.each([
    ['step-1', 'step-1'],
    ['a.b_c-9', 'a.b_c-9'],
    ['Run', '%52un'],
    ['RUN', '%52%55%4e'],
    ['a..b', 'a%2e.b'],
    ['a.', 'a%2e'],
    ['a..', 'a%2e%2e'],
    ['.a', '%2ea'],
    ['-a', '%2da'],
    ['a.lock', 'a%2elock'],
    ['a.lock.b', 'a.lock.b'],
    ['con', '%63on'],
    ['con.txt', '%63on.txt'],
    ['console', 'console'],
    ['lpt9.a', '%6cpt9.a'],
    ['%2e', '%252e'],
    ['\u00e9', '%c3%a9'],
    ['\u{1f600}', '%f0%9f%98%80'],
    ['a b/c', 'a%20b%2fc'],
  ])('makes of %j the name %s (NAME-6)', (id, name) => {
    expect(escapeName(id)).toBe(name);
  });

  it('cuts what would be longer than 80 characters and ends it in a hash (NAME-1, NAME-7)', () => {
    expect(escapeName('a'.repeat(80))).toBe('a'.repeat(80));
    expect(escapeName('a'.repeat(81))).toBe(`${'a'.repeat(53)}%-${hashText('a'.repeat(81))}`);
    expect(escapeName('A'.repeat(27))).toBe(`${'%41'.repeat(17)}%-${hashText('A'.repeat(27))}`);
  });

  it('has at most 80 characters of a small alphabet (NAME-1)', () => {
    fc.assert(
      fc.property(arbitraryName, (id) => {
        expect(escapeName(id)).toMatch(/^[a-z0-9._%-]{1,80}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(TREACHEROUS_NAMES)('makes a safe name of %j (NAME-3, NAME-4, NAME-5)', (id) => {
    const name = escapeName(id);
    expect(isBroken(name, { ...gitRules, ...windowsRules })).toEqual([]);
    expect(name.startsWith('-')).toBe(false);
  });

  it('is safe for git, Windows and option parsers, whatever the id (NAME-3, NAME-4, NAME-5)', () => {
    fc.assert(
      fc.property(arbitraryName, (id) => {
        const name = escapeName(id);
        expect(isBroken(name, { ...gitRules, ...windowsRules })).toEqual([]);
        expect(name.startsWith('-')).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can be decoded while it is short (NAME-6)', () => {
    fc.assert(
      fc.property(arbitraryName, (id) => {
        const name = escapeName(id);
        if (!name.includes('%-')) expect(decodeURIComponent(name)).toBe(id);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells a long id by its hash (NAME-7)', () => {
    fc.assert(
      fc.property(arbitraryName, (id) => {
        const name = escapeName(id);
        const isLong = name.includes('%-');
        if (isLong) expect(name.endsWith(`%-${hashText(id)}`)).toBe(true);
        else expect(name.length).toBeLessThanOrEqual(MAX_LENGTH);
      }),
    );
  });

  it('keeps the treacherous ones apart (NAME-2)', () => {
    const names = TREACHEROUS_NAMES.map((id) => escapeName(id).toLowerCase());
    expect(new Set(names).size).toBe(new Set(TREACHEROUS_NAMES).size);
  });

  it('keeps two ids apart, also where case does not count (NAME-2)', () => {
    fc.assert(
      fc.property(arbitraryName, fc.oneof(arbitraryName, fc.constantFrom(...NEIGHBOURS)), (id, other) => {
        const twin = typeof other === 'string' ? other : other(id);
        const isSame = escapeName(id).toLowerCase() === escapeName(twin).toLowerCase();
        expect(isSame).toBe(id === twin);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps a long id apart from ids that imitate its name (NAME-2)', () => {
    const long = 'a'.repeat(100);
    const name = escapeName(long);
    const imitations = [
      name,
      name.replace('%-', '-'),
      name.replace('%-', '%25-'),
      decodeURIComponent(name.replace('%-', '')),
    ];
    expect(imitations.map(escapeName)).not.toContain(name);
  });
});

/** Ids that are nearly another one: what a careless escaping would give the same name. */
const NEIGHBOURS: readonly ((id: string) => string)[] = [
  (id) => id,
  (id) => id.toLowerCase(),
  (id) => id.toUpperCase(),
  (id) => `${id}.`,
  (id) => `${id}..`,
  (id) => `.${id}`,
  (id) => id.replaceAll('.', '%2e'),
  (id) => id.replaceAll('%2e', '.'),
  (id) => Array.from(id).slice(0, -1).join('') || 'a',
  (id) => Array.from(id).toSpliced(60, 1).join(''),
  (id) => id.normalize('NFD'),
  (id) => id.normalize('NFC'),
  (id) => escapeName(id),
  (id) => Array.from(id).reverse().join(''),
];
