import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgramFinder } from '../../../../../main/daemon/adapters/git/program-finder.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function putProgram(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'prog');
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

describe('createProgramFinder', () => {
  it('finds the first program of that name, not a folder and not what may not be run', () => {
    const [closed, folders, first, second] = ['a', 'b', 'c', 'd'].map((name) => join(temporaryFolder(), name));
    chmodSync(putProgram(closed ?? ''), 0o644);
    mkdirSync(join(folders ?? '', 'prog'), { recursive: true });
    const expected = putProgram(first ?? '');
    putProgram(second ?? '');
    expect(createProgramFinder('prog', { PATH: [closed, folders, first, second].join(':') })()).toBe(expected);
  });

  it('looks again when the program has gone', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const find = createProgramFinder('prog', { PATH: `${first}:${second}` });
    const later = putProgram(second);
    expect(find()).toBe(later);
    const earlier = putProgram(first);
    expect(find()).toBe(later);
    rmSync(later);
    expect(find()).toBe(earlier);
    rmSync(earlier);
    expect(find()).toBe('prog');
  });

  it('leaves a folder that depends on where the child runs to the system', () => {
    const folder = temporaryFolder();
    putProgram(folder);
    expect(createProgramFinder('prog', { PATH: `bin:${folder}` })()).toBe('prog');
    expect(createProgramFinder('prog', {})()).toBe('prog');
    expect(createProgramFinder('/opt/prog', { PATH: folder })()).toBe('/opt/prog');
  });
});
