import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunGit } from '../../../../../main/daemon/adapters/git/git-runner.ts';
import type { Salvage } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { salvageWorktree } from '../../../../../main/daemon/adapters/git/salvage/salvage-worktree.ts';
import type { Worktree } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { type GitSandbox, gitSandbox, refOf, SALVAGE_TIME_MS, writeFiles } from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

/** Somebody writes while files are staged: right after git read them, this many times. */
async function salvageWhile(
  sandbox: GitSandbox,
  worktree: Worktree,
  { times, write }: { readonly times: number; readonly write: () => void },
): Promise<Salvage> {
  let left = times;
  const git: RunGit = async (command) => {
    const result = await sandbox.repository.git(command);
    const isStaging = command.args[0] === 'update-index' && command.args.includes('--add');
    if (isStaging && left > 0) {
      left -= 1;
      write();
    }
    return result;
  };
  const repository = { ...sandbox.repository, git };
  const request = {
    repository,
    worktree,
    ref: refOf(worktree),
    directory: sandbox.outputOf(worktree),
    atMs: SALVAGE_TIME_MS,
  };
  return successOf(await salvageWorktree(request));
}

describe('a file that changes while it is saved', () => {
  it.each([
    ['grows', (file: string) => appendFileSync(file, 'more\n')],
    [
      'keeps its size and its modification time',
      (file: string) => {
        writeFileSync(file, 'WORK\n', { flag: 'r+' });
        utimesSync(file, 1, 1);
      },
    ],
  ])('GIT-24 GIT-28 and %s is read again', async (_what, change) => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'b.txt': 'changed\n' });
    const file = join(worktree.path, 'a.txt');
    const salvage = await salvageWhile(sandbox, worktree, { times: 1, write: () => change(file) });
    expect(salvage).toMatchObject({ notSaved: [], keepWorktree: false });
    expect(sandbox.git('cat-file', 'blob', `${salvage.treeCommit}:a.txt`)).toBe(readFileSync(file, 'utf8'));
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-28 and does not stop changing keeps the worktree; the others are saved', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.log': 'log\n', 'b.txt': 'changed\n' });
    const write = (): void => appendFileSync(join(worktree.path, 'a.log'), 'more\n');
    const salvage = await salvageWhile(sandbox, worktree, { times: 100, write });
    expect(salvage.notSaved).toEqual([
      { path: 'a.log', code: 'changing', reason: 'it kept changing while it was read', keepsWorktree: true },
    ]);
    expect(salvage.keepWorktree).toBe(true);
    expect(sandbox.git('cat-file', 'blob', `${salvage.treeCommit}:b.txt`)).toBe('changed\n');
  });
});
