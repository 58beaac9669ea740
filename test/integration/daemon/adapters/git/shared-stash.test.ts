import { expect, it } from 'vitest';
import { commitsOfRefs } from '../../../../support/git-evidence.ts';
import { gitSandbox, plainGit, writeFiles } from '../../../../support/git-sandbox.ts';

it('GIT-25, GIT-30: a commit that only the stash reaches is kept when somebody else stashes', async () => {
  const sandbox = await gitSandbox();
  const commits: string[] = [];
  for (const id of ['attempt-1', 'attempt-2']) {
    const worktree = await sandbox.create(id);
    const git = (...args: readonly string[]) => plainGit(worktree.path, args).trim();
    writeFiles(worktree.path, { 'made.txt': `by ${id}\n` });
    git('add', '--all');
    git('commit', '--quiet', '--message', id);
    commits.push(git('rev-parse', 'HEAD'));
    writeFiles(worktree.path, { 'more.txt': 'more\n' });
    git('stash', 'push', '--quiet', '--include-untracked');
    git('reset', '--quiet', '--hard', 'HEAD~1');
    await sandbox.salvage(worktree);
  }
  sandbox.git('stash', 'clear');
  expect([...commitsOfRefs(sandbox.root)]).toEqual(expect.arrayContaining(commits));
});
