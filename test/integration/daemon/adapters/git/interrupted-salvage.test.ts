import { chmodSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunGit } from '../../../../../main/daemon/adapters/git/git-runner.ts';
import type { Salvage, SalvageRequest } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { salvageWorktree } from '../../../../../main/daemon/adapters/git/salvage/salvage-worktree.ts';
import type { Worktree } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { openBundle, treeOf } from '../../../../support/git-evidence.ts';
import {
  createPlainRepository,
  type GitSandbox,
  gitSandbox,
  plainGit,
  refOf,
  SALVAGE_TIME_MS,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

/** Everything that salvage has to do with, in one worktree. */
async function busyWorktree(sandbox: GitSandbox, id: string): Promise<Worktree> {
  const worktree = await sandbox.create(id);
  const { path } = worktree;
  plainGit(path, ['commit', '--quiet', '--allow-empty', '-m', `amended away in ${id}`], { env: agentAt(1) });
  plainGit(path, ['commit', '--quiet', '--amend', '--allow-empty', '-m', `made in ${id}`], { env: agentAt(2) });
  writeFiles(path, { 'a.txt': 'staged only\n' });
  plainGit(path, ['add', 'a.txt']);
  writeFiles(path, { 'a.txt': 'work\n', 'new.txt': 'new\n', 'x.log': 'log\n', 'run.sh': 'x\n' });
  chmodSync(join(path, 'run.sh'), 0o755);
  rmSync(join(path, 'gone.txt'));
  const nested = createPlainRepository(join(path, 'nested'), {});
  plainGit(nested, ['commit', '--quiet', '--amend', '--allow-empty', '-m', 'nested'], { env: agentAt(3) });
  rmSync(join(nested, '.git/logs'), { recursive: true });
  writeFiles(nested, { 'n.txt': 'n\n' });
  return worktree;
}

const agentAt = (second: number): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
  GIT_AUTHOR_DATE: `@${1_700_000_000 + second} +0000`,
  GIT_COMMITTER_DATE: `@${1_700_000_000 + second} +0000`,
});

const FILES = { 'a.txt': 'a\n', 'gone.txt': 'gone\n', '.gitignore': '*.log\n' };

const filesIn = (sandbox: GitSandbox, { bundles }: Salvage): readonly (readonly string[])[] =>
  bundles.flatMap((bundle) => [...treeOf(openBundle(bundle, join(sandbox.folder, 'opened')), bundle.start ?? '')]);

/**
 * After the first command, the bundle, the last before the refs, the refs, and the last: between these nothing changes
 * on disk but objects that nobody names. `CODENCER_TEST_EVERY_POINT=1` takes every command.
 */
function tellingPoints(commands: readonly string[]): readonly number[] {
  if (process.env['CODENCER_TEST_EVERY_POINT'] === '1') return commands.map((_, index) => index);
  const refs = commands.indexOf('update-ref');
  return [1, commands.indexOf('bundle') + 1, refs, refs + 1, commands.length - 1];
}

class Killed extends Error {}

/** A git with which we die right after a given command. */
function dying(run: RunGit, after: number): RunGit {
  let count = 0;
  return async (command) => {
    count += 1;
    if (count > after) throw new Killed();
    const result = await run(command);
    if (count >= after) throw new Killed();
    return result;
  };
}

function requestFor(sandbox: GitSandbox, worktree: Worktree): SalvageRequest {
  const { repository } = sandbox;
  return { repository, worktree, ref: refOf(worktree), directory: sandbox.outputOf(worktree), atMs: SALVAGE_TIME_MS };
}

/** The outcome without what differs between two worktrees. */
const comparable = (salvage: Salvage, worktree: Worktree): unknown => {
  const bundles = salvage.bundles.map(({ path, start }) => ({ path, start }));
  const text = JSON.stringify({ ...salvage, bundles }).replaceAll(worktree.id, 'ID');
  return JSON.parse(text.replaceAll(/[0-9a-f]{40}/g, 'COMMIT'));
};

const treesOf = (sandbox: GitSandbox, { refs }: Salvage): readonly string[] =>
  refs.map(({ name }) => sandbox.git('rev-parse', `${name}^{tree}`).trim()).sort();

describe('salvage that is interrupted', () => {
  it('GIT-31 after any command and called again gives what it would have given', {
    timeout: 120_000,
  }, async () => {
    const sandbox = await gitSandbox(FILES);
    const reference = await busyWorktree(sandbox, 'reference');
    sandbox.commands.length = 0;
    const expected = await sandbox.salvage(reference);
    const points = tellingPoints(sandbox.commands.map(({ args }) => args[0] ?? ''));
    expect(expected.refs.map(({ holds }) => holds)).toEqual(['work', 'lost-commits', 'lost-commits']);
    for (const after of points) {
      const worktree = await busyWorktree(sandbox, `killed-${after}`);
      const repository = { ...sandbox.repository, git: dying(sandbox.repository.git, after) };
      await expect(salvageWorktree({ ...requestFor(sandbox, worktree), repository })).rejects.toThrow(Killed);
      const salvage = await sandbox.salvage(worktree);
      expect(comparable(salvage, worktree)).toEqual(comparable(expected, reference));
      expect(treesOf(sandbox, salvage)).toEqual(treesOf(sandbox, expected));
      expect(filesIn(sandbox, salvage)).toEqual(filesIn(sandbox, expected));
      successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    }
  });

  it('GIT-31 leaves no lock that stops it later', async () => {
    const sandbox = await gitSandbox(FILES);
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'new.txt': 'new\n' });
    const lock = join(sandbox.root, '.git', `${refOf(worktree)}.lock`);
    writeFiles(sandbox.root, { [join('.git', `${refOf(worktree)}.lock`)]: '' });
    utimesSync(lock, 1, 1);
    writeFileSync(join(worktree.adminDir, 'index.lock'), '');
    writeFileSync(join(worktree.adminDir, 'HEAD.lock'), '');
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.refs).toHaveLength(1);
  });

  it('GIT-31 waits for the lock of a git that lives', async () => {
    const sandbox = await gitSandbox(FILES);
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'new.txt': 'new\n' });
    const lock = join('.git', `${refOf(worktree)}.lock`);
    writeFiles(sandbox.root, { [lock]: '' });
    const release = setTimeout(() => rmSync(join(sandbox.root, lock)), 100);
    const salvage = await sandbox.salvage(worktree);
    clearTimeout(release);
    expect(salvage.refs).toHaveLength(1);
  });

  it('GIT-31 is an outcome when it was asked to stop', async () => {
    const sandbox = await gitSandbox(FILES);
    const worktree = await busyWorktree(sandbox, 'stopped');
    const controller = new AbortController();
    const git: RunGit = (command) => {
      if (command.args[0] === 'commit-tree') controller.abort();
      return sandbox.repository.git(command);
    };
    const repository = { ...sandbox.repository, git };
    const stopped = await salvageWorktree({ ...requestFor(sandbox, worktree), repository, signal: controller.signal });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'git_aborted' } });
    expect((await sandbox.salvage(worktree)).keepWorktree).toBe(false);
  });
});
