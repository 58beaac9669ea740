import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const decisions = readFileSync(join(import.meta.dirname, '../../DECISIONS.md'), 'utf8');
const dependencies = Object.keys({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
});

it.each(dependencies)('%s has its paragraph in DECISIONS.md', (name) => {
  const named = decisions.split('\n').filter((line) => line.startsWith('#') || line.includes('**'));
  expect(named.some((line) => line.split(/[^\w@/.-]+/).includes(name))).toBe(true);
});
