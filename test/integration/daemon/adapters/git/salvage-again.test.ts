import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type GitSandbox,
  gitSandbox,
  plainGit,
  refOf,
  SALVAGE_TIME_MS,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

const blob = (sandbox: GitSandbox, name: string): string => sandbox.git('cat-file', 'blob', name);

describe('after the first salvage', () => {
  it('GIT-32 what validations change is a commit on top and not in the diff', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'x.log': 'log\n' });
    const salvage = await sandbox.salvage(worktree);
    const patch = readFileSync(salvage.patchPath ?? '', 'utf8');
    writeFiles(worktree.path, { 'a.txt': 'formatted\n', 'junit.xml': '<x/>\n', 'y.log': 'tests\n' });
    rmSync(join(worktree.path, 'x.log'));
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'modified a.txt',
      'added junit.xml',
      'deleted x.log',
      'added y.log',
    ]);
    expect(
      sandbox
        .git('rev-parse', refOf(worktree), `${refOf(worktree)}^`)
        .trim()
        .split('\n'),
    ).toEqual([further.commit, salvage.ignoredCommit]);
    expect(sandbox.git('show', '--no-patch', '--format=%B', refOf(worktree))).toContain(
      'Codencer-Salvage: validations',
    );
    expect(readFileSync(salvage.patchPath ?? '', 'utf8')).toBe(patch);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-32 also where the attempt itself changed nothing', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const salvage = await sandbox.salvage(worktree);
    writeFiles(worktree.path, { 'junit.xml': '<x/>\n' });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.refs).toEqual([{ name: refOf(worktree), commit: further.commit, holds: 'work' }]);
    expect(sandbox.git('rev-parse', `${further.commit}^`).trim()).toBe(worktree.base);
  });

  it('GIT-32 commits that validations made are kept too', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const salvage = await sandbox.salvage(worktree);
    plainGit(worktree.path, ['commit', '--quiet', '--allow-empty', '-m', 'by a validation']);
    const theirs = plainGit(worktree.path, ['rev-parse', 'HEAD']).trim();
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.commit).toBeNull();
    expect(further.refs).toEqual([{ name: `${refOf(worktree)}-lost-1`, commit: theirs, holds: 'lost-commits' }]);
  });

  it('GIT-31 GIT-32 at another time and with nothing new, nothing is added, whatever was staged or nested', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'staged only\n' });
    plainGit(worktree.path, ['add', '--all']);
    writeFiles(worktree.path, { 'a.txt': 'on disk\n' });
    plainGit(worktree.path, ['worktree', 'add', '--quiet', '--detach', 'further']);
    writeFiles(worktree.path, { 'further/b.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    const refs = sandbox.git('for-each-ref', 'refs/codencer');
    expect(await sandbox.salvage(worktree, { atMs: SALVAGE_TIME_MS + 86_400_000 })).toEqual(salvage);
    const further = successOf(await sandbox.again(worktree, salvage, { atMs: SALVAGE_TIME_MS + 172_800_000 }));
    expect(further.commit).toBeNull();
    expect(sandbox.git('for-each-ref', 'refs/codencer')).toBe(refs);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-31 a change before a second salvage goes on top and leaves the first outcome', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'b.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    rmSync(join(worktree.path, 'b.txt'));
    writeFiles(worktree.path, { 'a.txt': 'later\n' });
    const second = await sandbox.salvage(worktree);
    expect(second).toMatchObject({ treeCommit: salvage.treeCommit, changedFiles: salvage.changedFiles });
    expect(blob(sandbox, `${refOf(worktree)}:a.txt`)).toBe('later\n');
    expect(sandbox.git('rev-parse', `${refOf(worktree)}^`).trim()).toBe(salvage.treeCommit);
    expect(await sandbox.salvage(worktree)).toEqual(second);
  });
});
