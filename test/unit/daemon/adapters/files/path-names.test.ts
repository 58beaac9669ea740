import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { pathNames } from '../../../../../main/daemon/adapters/files/path-names.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('PERM-6: the names of a place', () => {
  let outer: string;
  let folder: string;
  beforeEach(() => {
    outer = realpathSync(temporaryFolder());
    folder = join(outer, 'tree');
    mkdirSync(join(folder, 'src'), { recursive: true });
    mkdirSync(join(outer, 'away', 'deep'), { recursive: true });
    writeFileSync(join(outer, 'away', 'key'), '');
    symlinkSync(join(outer, 'away', 'deep'), join(folder, 'out'));
    symlinkSync('src', join(folder, 'in'));
    symlinkSync(join(outer, 'nowhere'), join(folder, 'dangling'));
    symlinkSync(folder, join(outer, 'alias'));
  });
  const names = (path: string, from = folder) => pathNames(folder, { path, from });

  it('below the folder are relative to it, also of what is not there yet', async () => {
    expect(await names('src/new.ts')).toEqual(['src/new.ts']);
    expect(await names(join(folder, 'src/a/b'))).toEqual(['src/a/b']);
    expect(await names('in/new.ts')).toEqual(['in/new.ts', 'src/new.ts']);
    expect(await names('new.ts', join(folder, 'src'))).toEqual(['src/new.ts']);
    expect(await names('src/../src/key')).toEqual(['src/key']);
    expect(await names(join(outer, 'alias/src/a'))).toEqual([join(outer, 'alias/src/a'), 'src/a']);
  });

  it('outside of it are the real ones, too', async () => {
    expect(await names('out/x')).toEqual(['out/x', join(outer, 'away/deep/x')]);
    expect(await names('src/../../away/key')).toEqual(['src/../../away/key', join(outer, 'away/key')]);
    expect(await names('out/../key')).toEqual(['out/../key', 'key', join(outer, 'away/key')]);
    expect(await names('x', '/etc')).toEqual(['x', '/etc/x']);
    expect(await names('/etc/passwd')).toEqual(['/etc/passwd']);
  });

  it('are those that programs understand', async () => {
    expect(await names('~/.ssh/id')).toContain(join(homedir(), '.ssh/id'));
    expect(await names(' /etc/passwd')).toContain('/etc/passwd');
    expect(await names('a\0b')).toEqual(['a\0b']);
    expect(await names('dangling')).toContain(join(outer, 'nowhere'));
    expect((await names(`${'x'.repeat(5000)}/../../away/key`)).at(-1)).toBe(join(outer, 'away/key'));
  });
});
