import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf } from '../../scripts/imports.ts';
import { PRODUCT_FOLDERS, parseSource, readSources } from '../../scripts/source-tree.ts';
import { ARROWS, type Arrow, EXCEPTIONS, type Exception } from './arrows.ts';

const root = join(import.meta.dirname, '../..');
const sources = readSources(root, [...PRODUCT_FOLDERS, 'scripts']);

const violations = sources.flatMap((file) => violationsOf(file.path, importsOf(file)));

describe('import arrows', () => {
  it('lets nothing import upward or sideways', () => {
    expect(violations.filter((violation) => !EXCEPTIONS.some((exception) => covers(exception, violation)))).toEqual([]);
  });

  it('has a folder for each row, so that the table says nothing about empty rooms', () => {
    expect(ARROWS.map(({ from }) => from).filter((from) => !existsSync(join(root, from)))).toEqual([]);
  });

  it('has an exception only where one is needed', () => {
    const idle = EXCEPTIONS.filter((exception) => !violations.some((violation) => covers(exception, violation)));
    expect(idle).toEqual([]);
  });
});

describe('the arrow rules', () => {
  it.each([
    ['contract/a.ts', "import { z } from 'zod';", []],
    ['contract/a.ts', "import { b } from './wire/b.ts';", []],
    ['contract/a.ts', "import type { Stats } from 'node:fs';", ['contract/a.ts:1 → node']],
    ['contract/a.ts', "export * from '../main/cli/b.ts';", ['contract/a.ts:1 → main/cli/b.ts']],
    ['contract/a.ts', "const fs = await import('fs');", ['contract/a.ts:1 → node']],
    ['contract/a.ts', "const fs = process.getBuiltinModule('node:fs');", ['contract/a.ts:1 → node']],
    ['contract/a.ts', "type Fs = typeof import('node:fs');", ['contract/a.ts:1 → node']],
    ['main/daemon/services/a.ts', "import type { Db } from '../store/db.ts';", []],
    ['main/daemon/services/a.ts', "import { type Db, type X } from '../store/db.ts';", []],
    [
      'main/daemon/services/a.ts',
      "\nimport { type Db, open } from '../store/db.ts';",
      ['main/daemon/services/a.ts:2 → main/daemon/store/db.ts'],
    ],
    ['main/daemon/main.ts', "import { open } from './store/db.ts';", []],
    ['main/daemon/main.ts', "import { run } from '../cli/run.ts';", ['main/daemon/main.ts:1 → main/cli/run.ts']],
    ['main/new-room/a.ts', '', ['main/new-room/a.ts: no row says what it may import']],
  ])('judges %s with %s', (path, text, violations) => {
    expect(violationsOf(path, importsOf(parseSource(path, text)))).toEqual(violations);
  });
});

function violationsOf(path: string, imports: readonly Import[]): readonly string[] {
  const row = rowFor(path);
  if (row === undefined) return [`${path}: no row says what it may import`];
  return imports.filter((one) => !isAllowed(row, one)).map(({ line, target }) => `${path}:${line} → ${target}`);
}

function covers({ file, imports }: Exception, violation: string): boolean {
  return violation.startsWith(`${file}:`) && violation.endsWith(`→ ${imports}`);
}

function rowFor(path: string): Arrow | undefined {
  const matching = ARROWS.filter(({ from }) => isWithin(path, from));
  return matching.sort((a, b) => b.from.length - a.from.length)[0];
}

function isAllowed(row: Arrow, { target, isTypeOnly }: Import): boolean {
  const folders = [row.from, ...row.mayImport, ...(isTypeOnly ? (row.mayImportTypesOf ?? []) : [])];
  return folders.some((folder) => isWithin(target, folder));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
