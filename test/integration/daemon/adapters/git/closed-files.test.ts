import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { err } from '../../../../../contract/result.ts';
import type { GitFailure } from '../../../../../main/daemon/adapters/git/git-failure.ts';
import type { RunGit } from '../../../../../main/daemon/adapters/git/git-runner.ts';
import { salvageWorktree } from '../../../../../main/daemon/adapters/git/salvage/salvage-worktree.ts';
import { gitSandbox, refOf, SALVAGE_TIME_MS, writeFiles } from '../../../../support/git-sandbox.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const PRODUCT = join(import.meta.dirname, '../../../../..');
const PROGRAM = join(PRODUCT, 'test/fixtures/programs/salvage-closed-files.mjs');
const NOBODY = 65_534;

/** Nothing is closed to root, so the program runs as somebody else, where that one can get at the sources. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | Record<string, never> | null {
  if (process.getuid?.() !== 0) return {};
  for (let folder = PRODUCT; folder !== '/'; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o005) !== 0o005) return null;
  }
  return { uid: NOBODY, gid: NOBODY };
}

describe('files that are closed to us', () => {
  it('GIT-28 GIT-16 are named and keep the worktree; closed folders do not stop its removal', {
    timeout: 60_000,
  }, () => {
    const user = ordinaryUser();
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    if (user !== null && 'uid' in user) chownSync(folder, NOBODY, NOBODY);
    const env = { PATH: process.env['PATH'], HOME: folder };
    const printed = execFileSync(process.execPath, [PROGRAM, folder, PRODUCT], { ...user, env, encoding: 'utf8' });
    const closed = {
      notSaved: ['unreadable b/closed.txt', 'unreadable closed.txt', 'unreadable dir'],
      changed: ['added b/open.txt', 'added open.txt'],
    };
    const open = {
      notSaved: [],
      changed: ['added b/closed.txt', 'added b/open.txt', 'added closed.txt', 'added open.txt'],
    };
    expect(JSON.parse(printed)).toEqual({
      ...(user === null ? open : closed),
      keepWorktree: user !== null,
      removed: true,
      isGone: true,
    });
  });

  it('GIT-28 are found one by one, whatever git says of them', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'a\n', 'bad-1': '1\n', 'c.txt': 'c\n', 'bad-2': '2\n', 'e.txt': 'e\n' });
    const repository = {
      ...sandbox.repository,
      git: refusing(sandbox.repository.git, 'bad-', 'error: open("x"): Permission denied'),
    };
    const request = {
      repository,
      worktree,
      ref: refOf(worktree),
      directory: sandbox.outputOf(worktree),
      atMs: SALVAGE_TIME_MS,
    };
    const salvage = successOf(await salvageWorktree(request));
    expect(salvage.notSaved).toEqual(
      ['bad-1', 'bad-2'].map((path) => ({
        path,
        code: 'unreadable',
        reason: 'error: open("x"): Permission denied',
        keepsWorktree: true,
      })),
    );
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['a.txt', 'c.txt', 'e.txt']);
    expect(salvage.keepWorktree).toBe(true);
  });

  it('GIT-28 are not blamed for a full disk: that is a failure of the whole', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const git = refusing(sandbox.repository.git, '', 'error: unable to write file: No space left on device');
    const request = {
      repository: { ...sandbox.repository, git },
      worktree,
      ref: refOf(worktree),
      directory: sandbox.outputOf(worktree),
      atMs: 0,
    };
    expect(failureOf(await salvageWorktree(request)).stderrTail).toContain('No space left');
    expect((await sandbox.salvage(worktree)).changedFiles).toHaveLength(2);
  });

  it('GIT-28 lie too deep for a path are named and keep the worktree', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const name = 'd'.repeat(200);
    const here = process.cwd();
    process.chdir(worktree.path);
    try {
      for (let depth = 0; depth < 25; depth += 1) {
        mkdirSync(name);
        process.chdir(name);
      }
      writeFileSync('deep.txt', 'deep\n');
    } finally {
      process.chdir(here);
    }
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.notSaved).toMatchObject([{ code: 'unreadable', reason: 'it cannot be read (ENAMETOOLONG)' }]);
    expect(salvage.keepWorktree).toBe(true);
    successOf(await sandbox.remove(worktree, { kind: 'released' }));
    expect(existsSync(worktree.path)).toBe(false);
  });
});

/** A git that cannot stage the paths in question. */
const refusing =
  (run: RunGit, part: string, words: string): RunGit =>
  (command) => {
    const isStaging = command.args.includes('--stdin') && command.args[0] === 'update-index';
    const input = command.input?.toString() ?? '';
    return isStaging && input.includes(part) ? Promise.resolve(err(failure(command.cwd, words))) : run(command);
  };

const failure = (cwd: string, words: string): GitFailure => ({
  code: 'git_failed',
  message: words,
  command: 'git',
  args: [],
  cwd,
  exitCode: 128,
  stderrTail: words,
  cause: null,
});
