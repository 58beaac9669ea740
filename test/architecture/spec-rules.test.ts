import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles, PRODUCT_FOLDERS } from '../../scripts/source-tree.ts';

/** A rule starts a list item (`- **RUN-3** …`) or a table row (`| RUN-3 | …`). */
const RULE_LINE = /^(?:- \*\*|\| \*{0,2})([A-Z]{2,8}-\d+)\b/gm;
const root = join(import.meta.dirname, '../..');

const specs = listFiles(root, PRODUCT_FOLDERS, /(^|\/)SPEC\.md$/);
const rules = specs.flatMap((path) => [...read(path).matchAll(RULE_LINE)].map(([, id = '']) => ({ id, path })));
const tests = listFiles(root, ['test'], /\.test\.ts$/)
  .map(read)
  .join('\n');

describe('the rules in SPEC.md files', () => {
  it('are each cited by a test', () => {
    const uncited = rules.filter(({ id }) => !new RegExp(`\\b${id}\\b`).test(tests));
    expect(uncited.map(({ id, path }) => `${path}: ${id}`)).toEqual([]);
  });

  it('have ids of their own', () => {
    const twice = rules.filter(({ id }, index) => rules.findIndex((other) => other.id === id) !== index);
    expect(twice).toEqual([]);
  });

  it('stand in every SPEC.md in the form that this test reads', () => {
    expect(specs.filter((path) => !rules.some((rule) => rule.path === path))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
