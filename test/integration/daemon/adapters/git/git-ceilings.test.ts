import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitCeilings } from '../../../../../main/daemon/adapters/git/git-ceilings.ts';
import { type GitSandbox, gitSandbox, PLAIN_GIT_ENV, plainGit, writeFiles } from '../../../../support/git-sandbox.ts';

const HARM: readonly (readonly string[])[] = [
  ['reset', '--hard'],
  ['stash', '--include-untracked'],
  ['add', '--all'],
  ['clean', '-fdx'],
  ['checkout', '--', '.'],
];

/** A repository with changes that an operator has not committed. */
async function busyRepository(): Promise<GitSandbox> {
  const sandbox = await gitSandbox({ 'a.txt': 'a\n', '.gitignore': '.codencer/\n' });
  writeFiles(sandbox.root, { 'a.txt': 'of the operator\n', 'new.txt': 'of the operator\n' });
  return sandbox;
}

/** What git says in a folder, with the variables that executors get. */
function tryIn(sandbox: GitSandbox, folder: string, args: readonly string[]): string {
  const ceilings = gitCeilings({ workspaceRoot: join(sandbox.root, '.codencer/worktrees'), root: sandbox.root });
  try {
    plainGit(folder, args, { env: { ...PLAIN_GIT_ENV, ...ceilings } });
    return 'done';
  } catch (error) {
    return String(error);
  }
}

describe('a worktree that has lost its .git', () => {
  it.each(HARM.map((args) => ({ args, command: args.join(' ') })))(
    'GIT-39 is nobody to git $command, and the checkout around it stays as it is',
    async ({ args }) => {
      const sandbox = await busyRepository();
      const worktree = await sandbox.create();
      writeFiles(worktree.path, { 'dir/below.txt': 'b\n' });
      rmSync(join(worktree.path, '.git'));
      const folders = [
        worktree.path,
        join(worktree.path, 'dir'),
        join(worktree.path, '..'),
        join(worktree.path, '../..'),
      ];
      for (const folder of folders) expect(tryIn(sandbox, folder, args)).toContain('not a git repository');
      expect(readFileSync(join(sandbox.root, 'a.txt'), 'utf8')).toBe('of the operator\n');
      expect(sandbox.git('status', '--porcelain')).toBe(' M a.txt\n?? new.txt\n');
    },
  );

  it('GIT-39 and one that has it works as ever, as do repositories in it', async () => {
    const sandbox = await busyRepository();
    const worktree = await sandbox.create();
    mkdirSync(join(worktree.path, 'dir/nested'), { recursive: true });
    for (const args of [['status'], ['add', '--all'], ['init', 'dir/nested']])
      expect(tryIn(sandbox, worktree.path, args)).toBe('done');
    expect(tryIn(sandbox, join(worktree.path, 'dir/nested'), ['status'])).toBe('done');
    expect(tryIn(sandbox, join(worktree.path, 'dir'), ['status'])).toBe('done');
  });
});

describe('ceilings', () => {
  it('GIT-39 are the folder of the worktrees, and those from there up to the repository', () => {
    const inside = gitCeilings({ workspaceRoot: '/repo/.codencer/workspace', root: '/repo' });
    expect(inside.GIT_CEILING_DIRECTORIES).toBe('/repo/.codencer/workspace:/repo/.codencer:/repo');
    expect(gitCeilings({ workspaceRoot: '/elsewhere', root: '/repo' }).GIT_CEILING_DIRECTORIES).toBe('/elsewhere');
  });
});
