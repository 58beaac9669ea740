import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStateFolder } from '../../../../../main/daemon/adapters/instance/state-folder.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('createStateFolder', () => {
  it('makes it for its owner alone and invisible to git (INST-1)', async () => {
    const repo = temporaryFolder();
    execFileSync('git', ['init', '--quiet'], { cwd: repo });
    const folder = successOf(await createStateFolder(repo));
    writeFileSync(join(folder, 'anything'), '');
    expect(folder).toBe(join(repo, '.codencer'));
    expect(modeOf(folder)).toBe(0o700);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: repo, encoding: 'utf8' })).toBe('');
    expect(successOf(await createStateFolder(repo))).toBe(folder);
  });

  it('closes a folder that a checkout left open, and keeps what is in it (INST-1)', async () => {
    const repo = temporaryFolder();
    mkdirSync(join(repo, '.codencer'));
    chmodSync(join(repo, '.codencer'), 0o755);
    writeFileSync(join(repo, '.codencer/.gitignore'), '!workspace.json\n');
    const folder = successOf(await createStateFolder(repo));
    expect(modeOf(folder)).toBe(0o700);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n!workspace.json\n');
  });

  it('refuses a link in the place of the folder or of its .gitignore (INST-1)', async () => {
    const elsewhere = temporaryFolder();
    const repo = temporaryFolder();
    symlinkSync(elsewhere, join(repo, '.codencer'));
    expect(failureOf(await createStateFolder(repo)).sentence).toContain('it is not a folder');
    const other = temporaryFolder();
    mkdirSync(join(other, '.codencer'));
    symlinkSync(join(elsewhere, 'planted'), join(other, '.codencer/.gitignore'));
    expect(failureOf(await createStateFolder(other)).sentence).toContain('it is not a regular file');
    expect(existsSync(join(elsewhere, 'planted'))).toBe(false);
  });

  it('makes its rooms, and leaves the mode of one elsewhere alone', async () => {
    const repo = temporaryFolder();
    const elsewhere = temporaryFolder();
    chmodSync(elsewhere, 0o750);
    const inside = join(repo, '.codencer/artifacts');
    successOf(await createStateFolder(repo, [inside, elsewhere, join(elsewhere, 'deep/room')]));
    expect([modeOf(inside), modeOf(elsewhere), modeOf(join(elsewhere, 'deep/room'))]).toEqual([0o700, 0o750, 0o700]);
  });

  it('says what is in the way', async () => {
    const repo = temporaryFolder();
    writeFileSync(join(repo, '.codencer'), 'a file');
    expect(failureOf(await createStateFolder(repo)).sentence).toContain('it is not a folder');
    expect(failureOf(await createStateFolder(join(repo, 'gone'))).kind).toBe('missing');
  });
});
