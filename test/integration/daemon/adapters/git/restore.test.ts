import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreCommands } from '../../../../../main/daemon/adapters/git/salvage/restore-commands.ts';
import { snapshotOf } from '../../../../support/git-evidence.ts';
import {
  createPlainRepository,
  gitSandbox,
  PLAIN_GIT_ENV,
  plainGit,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

describe('the commands to restore', () => {
  it('GIT-34 bring back every file, ignored and nested ones too', { timeout: 60_000 }, async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'gone.txt': 'g\n', '.gitignore': '*.log\n' });
    const source = createPlainRepository(join(sandbox.folder, 'source'), { 's.txt': '1\n' });
    plainGit(source, ['commit', '--quiet', '--allow-empty', '-m', 'second']);
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'changed\n', "it's new.txt": 'new\n', 'x.log': 'log\n' });
    createPlainRepository(join(worktree.path, 'vendor/own lib'), { 'l.txt': 'l\n' });
    writeFiles(worktree.path, { 'vendor/own lib/dirty.txt': 'dirty\n' });
    plainGit(worktree.path, ['clone', '--quiet', '--depth', '1', `file://${source}`, 'shallow']);
    plainGit(worktree.path, ['worktree', 'add', '--quiet', '--detach', 'further']);
    writeFiles(worktree.path, { 'further/f.txt': 'f\n' });
    const before = snapshotOf(worktree.path);
    const salvage = await sandbox.salvage(worktree);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    plainGit(sandbox.root, ['worktree', 'prune']);
    const target = join(sandbox.folder, "restored 'here'");
    for (const command of restoreCommands({ repositoryRoot: sandbox.root, target, salvage })) {
      execFileSync('/bin/sh', ['-c', command], { env: PLAIN_GIT_ENV, stdio: 'pipe' });
    }
    expect([...snapshotOf(target)].sort()).toEqual([...before].sort());
  });

  it('GIT-34 show lost commits, and are none where nothing was saved', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const nothing = await sandbox.salvage(worktree);
    expect(restoreCommands({ repositoryRoot: sandbox.root, target: '/t', salvage: nothing })).toEqual([]);
    plainGit(worktree.path, ['commit', '--quiet', '--allow-empty', '-m', 'lost']);
    plainGit(worktree.path, ['reset', '--quiet', '--hard', 'HEAD~1']);
    const salvage = await sandbox.salvage(worktree);
    expect(restoreCommands({ repositoryRoot: sandbox.root, target: '/t', salvage })).toEqual([
      `git -C ${sandbox.root} log --oneline --max-count=20 refs/codencer/run-1/step-1/attempt-1-lost-1`,
    ]);
  });
});
