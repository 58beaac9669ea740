import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitSandbox, plainBytes, plainGit, refOf, writeFiles } from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

describe('salvage', () => {
  it('GIT-20 keeps nothing and runs nothing when nothing was made', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    sandbox.commands.length = 0;
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({
      treeCommit: null,
      ignoredCommit: null,
      refs: [],
      changedFiles: [],
      patchPath: null,
      keepWorktree: false,
    });
    expect(sandbox.commands).toEqual([]);
    expect(await sandbox.remove(worktree, { kind: 'salvaged', salvage })).toEqual({ ok: true, value: undefined });
    expect(existsSync(worktree.path)).toBe(false);
  });

  it('GIT-21 puts tracked and untracked files in one commit and ignored ones in a second', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n', '.gitignore': '*.log\nnode_modules/\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, {
      'a.txt': 'changed\n',
      'new/c.txt': 'c\n',
      'x.log': 'log\n',
      'node_modules/m/i.js': '12345',
    });
    rmSync(join(worktree.path, 'b.txt'));
    sandbox.commands.length = 0;
    const salvage = await sandbox.salvage(worktree);
    console.log(
      sandbox.commands.map((c) => c.args.slice(0, 2).join(' ')),
      salvage,
    );
    expect(salvage.cachesListed).toEqual([{ path: 'node_modules', bytes: 5 }]);
    expect(sandbox.git('ls-tree', '-r', '--name-only', salvage.treeCommit ?? '')).toBe(
      '.gitignore\na.txt\nnew/c.txt\n',
    );
    expect(sandbox.git('ls-tree', '-r', '--name-only', refOf(worktree))).toBe('.gitignore\na.txt\nnew/c.txt\nx.log\n');
    expect(sandbox.git('diff', '--stat', salvage.treeCommit ?? '', salvage.ignoredCommit ?? '')).toContain('x.log');
    expect(successOf(await sandbox.again(worktree, salvage)).commit).toBeNull();
    expect(await sandbox.remove(worktree, { kind: 'salvaged', salvage })).toEqual({ ok: true, value: undefined });
  });
});
