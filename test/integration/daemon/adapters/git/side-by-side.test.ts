import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../../support/git-evidence.ts';
import { gitSandbox, plainGit, refOf, writeFiles } from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

const ATTEMPTS = Array.from({ length: 8 }, (_, index) => `attempt-${index + 1}`);

describe('eight attempts', () => {
  it('GIT-18 live side by side, while the user works in the same repository', { timeout: 60_000 }, async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`dir-${index % 6}/file-${index}.txt`, `${index}\n`]),
    );
    const sandbox = await gitSandbox(files);
    const lives = ATTEMPTS.map(async (id, index) => {
      const worktree = await sandbox.create(id);
      writeFiles(worktree.path, { 'dir-0/file-0.txt': `${id}\n`, [`new-${id}.txt`]: `${id}\n` });
      if (index % 2 === 0) {
        plainGit(worktree.path, ['checkout', '--quiet', '-b', `branch-of-${id}`]);
        plainGit(worktree.path, ['add', '--all']);
        plainGit(worktree.path, ['commit', '--quiet', '-m', id]);
      }
      plainGit(sandbox.root, ['pack-refs', '--all']);
      const salvage = await sandbox.salvage(worktree);
      const further = successOf(await sandbox.again(worktree, salvage));
      expect(further.commit).toBeNull();
      successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
      return { worktree, salvage };
    });
    for (const { worktree, salvage } of await Promise.all(lives)) {
      expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['dir-0/file-0.txt', `new-${worktree.id}.txt`]);
      expect(treeOf(sandbox.root, refOf(worktree)).size).toBe(61);
      expect(existsSync(worktree.path)).toBe(false);
    }
    expect(readdirSync(join(sandbox.root, '.git/worktrees'))).toEqual([]);
    plainGit(sandbox.root, ['fsck', '--connectivity-only']);
  });
});
