import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { pathWithin } from '../../../../../main/daemon/adapters/files/path-within.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('FILE-1, FILE-2: where a path leads below a folder', () => {
  let outer: string;
  let folder: string;
  beforeEach(() => {
    outer = temporaryFolder();
    folder = join(outer, 'tree');
    mkdirSync(join(folder, 'src'), { recursive: true });
    mkdirSync(join(outer, 'tree-evil'));
    symlinkSync(outer, join(folder, 'out'));
    symlinkSync('src', join(folder, 'in'));
    symlinkSync(join(outer, 'nowhere'), join(folder, 'dangling'));
    symlinkSync(folder, join(outer, 'alias'));
  });
  const within = (path: string, from = folder) => pathWithin(folder, { path, from });

  it('is told relative to it, also of what is not there yet', async () => {
    expect(await within('src/new.ts')).toBe('src/new.ts');
    expect(await within('new.ts', join(folder, 'src'))).toBe('src/new.ts');
    expect(await within(join(folder, 'src'))).toBe('src');
    expect(await within('./')).toBe('');
    expect(await within('in/new.ts')).toBe('src/new.ts');
    expect(await pathWithin(join(outer, 'alias'), { path: join(folder, 'src'), from: folder })).toBe('src');
  });

  it('is nowhere when it leads out of it, by its text or by a link', async () => {
    const paths = [
      '/etc/passwd',
      join(outer, 'tree-evil'),
      outer,
      'out/x',
      'dangling',
      'dangling/x',
      '../x',
      'in/../x',
    ];
    const readOtherwise = ['~/.bashrc', '~', ' /etc/passwd', '\tsrc/new.ts', 'src/new.ts '];
    for (const path of [...paths, ...readOtherwise, 'a\0b']) expect([path, await within(path)]).toEqual([path, null]);
    expect(await within('x', '/tmp')).toBeNull();
    expect(await within('.', '~/elsewhere')).toBeNull();
  });
});
