import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Worktree } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { commitsOfRefs } from '../../../../support/git-evidence.ts';
import { type GitSandbox, gitSandbox, plainGit, refOf, writeFiles } from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';

const blob = (sandbox: GitSandbox, name: string): string => sandbox.git('cat-file', 'blob', name);

/** The name of a ref whose own place was taken. */
const elsewhere = (worktree: Worktree): unknown =>
  expect.stringMatching(new RegExp(`^refs/codencer-[-0-9a-f]{36}/run-1/step-1/${worktree.id}$`));

describe("an agent's own commits", () => {
  const commit = (path: string, message: string, files: Readonly<Record<string, string>>): string => {
    writeFiles(path, files);
    plainGit(path, ['add', '--all']);
    plainGit(path, ['commit', '--quiet', '-m', message]);
    return plainGit(path, ['rev-parse', 'HEAD']).trim();
  };

  it('GIT-20 GIT-25 are below its work, and need no ref of their own', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const first = commit(worktree.path, 'one', { 'one.txt': '1\n' });
    const second = commit(worktree.path, 'two', { 'two.txt': '2\n' });
    writeFiles(worktree.path, { 'three.txt': '3\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.head).toBe(second);
    expect(sandbox.git('rev-list', refOf(worktree)).split('\n').slice(0, 3)).toEqual([
      salvage.treeCommit,
      second,
      first,
    ]);
    expect(salvage.refs).toEqual([{ name: refOf(worktree), commit: salvage.treeCommit, holds: 'work' }]);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['one.txt', 'three.txt', 'two.txt']);
  });

  it('GIT-20 are the work when nothing else is left', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['checkout', '--quiet', '-b', 'feature']);
    const mine = commit(worktree.path, 'one', { 'one.txt': '1\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ head: mine, treeCommit: mine, ignoredCommit: null });
    expect(salvage.refs).toEqual([{ name: refOf(worktree), commit: mine, holds: 'work' }]);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(sandbox.git('rev-parse', 'feature').trim()).toBe(mine);
  });

  it('GIT-25 that only a reflog or a merge under way knows get refs, the newest of each line', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    const amended = commit(worktree.path, 'to amend', { 'a.txt': 'first\n' });
    plainGit(worktree.path, ['commit', '--quiet', '--amend', '-m', 'amended']);
    const older = commit(worktree.path, 'older', { 'b.txt': 'b\n' });
    const dropped = commit(worktree.path, 'dropped', { 'c.txt': 'c\n' });
    plainGit(worktree.path, ['reset', '--quiet', '--hard', 'HEAD~2']);
    const own = plainGit(worktree.path, ['commit-tree', '-m', 'own', 'HEAD^{tree}']).trim();
    plainGit(worktree.path, ['update-ref', 'refs/worktree/own', own]);
    writeFileSync(
      join(worktree.adminDir, 'MERGE_HEAD'),
      `${plainGit(worktree.path, ['commit-tree', '-m', 'merged', 'HEAD^{tree}'])}`,
    );
    const merged = readFileSync(join(worktree.adminDir, 'MERGE_HEAD'), 'utf8').trim();
    const salvage = await sandbox.salvage(worktree);
    const lost = salvage.refs.filter(({ holds }) => holds === 'lost-commits');
    expect(lost.map((ref) => ref.commit).sort()).toEqual([amended, dropped, own, merged].sort());
    expect(lost.map(({ name }) => name).sort()).toEqual(
      [1, 2, 3, 4].map((number) => `${refOf(worktree)}-lost-${number}`),
    );
    expect(commitsOfRefs(sandbox.root).has(older)).toBe(true);
    expect(await sandbox.salvage(worktree)).toEqual(salvage);
    for (const { name, commit: id } of salvage.refs) expect(sandbox.git('rev-parse', name).trim()).toBe(id);
  });

  it('GIT-25 of a rebase that stopped half way are all kept', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['checkout', '--quiet', '-b', 'topic']);
    const mine = [
      commit(worktree.path, 'm1', { 'm1.txt': 'm\n' }),
      commit(worktree.path, 'm2', { 'a.txt': 'mine\n' }),
      commit(worktree.path, 'm3', { 'm3.txt': 'm\n' }),
    ];
    plainGit(worktree.path, ['checkout', '--quiet', '-b', 'onto', worktree.base]);
    const theirs = commit(worktree.path, 'theirs', { 'a.txt': 'theirs\n' });
    plainGit(worktree.path, ['checkout', '--quiet', 'topic']);
    expect(() => plainGit(worktree.path, ['rebase', '--quiet', 'onto'])).toThrow();
    plainGit(worktree.path, ['branch', '-D', 'onto']);
    const salvage = await sandbox.salvage(worktree);
    const reachable = commitsOfRefs(sandbox.root);
    expect([...mine, theirs].filter((id) => !reachable.has(id))).toEqual([]);
    expect(salvage.keepWorktree).toBe(false);
    expect(blob(sandbox, `${salvage.treeCommit}:a.txt`)).toContain('<<<<<<<');
  });

  it('GIT-25 on a branch without a commit do no harm', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['checkout', '--quiet', '--orphan', 'fresh']);
    writeFiles(worktree.path, { 'b.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.head).toBe(worktree.base);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['b.txt']);
  });

  it('GIT-25 are kept one by one when a broken ref lets git tell nothing', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const first = commit(worktree.path, 'one', { 'one.txt': '1\n' });
    plainGit(worktree.path, ['reset', '--quiet', '--hard', 'HEAD~1']);
    writeFiles(sandbox.root, { '.git/refs/heads/broken': '1234567890123456789012345678901234567890\n' });
    await sandbox.salvage(worktree);
    expect(sandbox.git('rev-parse', `${refOf(worktree)}-lost-1`).trim()).toBe(first);
  });

  it('GIT-26 content that was only staged is in a commit, also of a conflict', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'staged only\n', 'both.txt': 'same\n' });
    plainGit(worktree.path, ['add', '--all']);
    writeFiles(worktree.path, { 'a.txt': 'on disk\n' });
    const conflicting = plainGit(worktree.path, ['hash-object', '-w', '--stdin'], {
      input: 'their side\n',
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
    plainGit(worktree.path, ['update-index', '--index-info'], {
      input: `100644 ${conflicting} 3\tconflict.txt\n`,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const salvage = await sandbox.salvage(worktree);
    const [lost] = salvage.refs.filter(({ holds }) => holds === 'lost-commits');
    expect(blob(sandbox, `${lost?.name}:a.txt`)).toBe('staged only\n');
    expect(blob(sandbox, `${lost?.name}:conflict.txt.conflict-3`)).toBe('their side\n');
    expect(blob(sandbox, `${salvage.treeCommit}:a.txt`)).toBe('on disk\n');
    expect(await sandbox.salvage(worktree)).toEqual(salvage);
  });

  it('GIT-26 content that is staged and also on disk or committed needs none', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    commit(worktree.path, 'one', { 'a.txt': 'committed\n' });
    writeFiles(worktree.path, { 'a.txt': 'on disk\n', 'b.txt': 'b\n' });
    plainGit(worktree.path, ['add', 'b.txt']);
    plainGit(worktree.path, ['status']);
    expect((await sandbox.salvage(worktree)).refs).toHaveLength(1);
  });

  it('GIT-8 do not wait for a FIFO where git reads rules', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'changed\n', 'dir/b.txt': 'b\n' });
    const traps = ['.gitignore', '.gitattributes', 'dir/.gitignore', 'dir/.gitattributes'];
    execFileSync(
      'mkfifo',
      traps.map((name) => join(worktree.path, name)),
    );
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['a.txt', 'dir/b.txt']);
    expect(salvage.notSaved.map(({ path }) => path).sort()).toEqual([...traps].sort());
    expect(salvage.keepWorktree).toBe(false);
  });

  it('GIT-6 are not redirected by a folder of refs that is a link', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'changed\n' });
    mkdirSync(join(sandbox.root, '.git/elsewhere'));
    symlinkSync(join(sandbox.root, '.git/elsewhere'), join(sandbox.root, '.git/refs/codencer'));
    const { refs, treeCommit } = await sandbox.salvage(worktree);
    expect(refs).toEqual([{ name: elsewhere(worktree), commit: treeCommit, holds: 'work' }]);
    expect(readdirSync(join(sandbox.root, '.git/elsewhere'))).toEqual([]);
  });

  it('GIT-6 are not redirected by a ref that stands for another', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    sandbox.git('branch', 'victim');
    const [unborn, born] = [await sandbox.create('unborn'), await sandbox.create('born')];
    for (const worktree of [unborn, born]) writeFiles(worktree.path, { 'a.txt': `${worktree.id}\n` });
    writeFiles(sandbox.root, {
      [`.git/${refOf(unborn)}`]: 'ref: refs/heads/new\n',
      [`.git/${refOf(born)}`]: 'ref: refs/heads/victim\n',
    });
    const salvage = await sandbox.salvage(unborn);
    expect(readFileSync(join(sandbox.root, '.git', refOf(unborn)), 'utf8').trim()).toBe(salvage.treeCommit);
    expect((await sandbox.salvage(born)).refs).toMatchObject([{ name: elsewhere(born), holds: 'work' }]);
    expect(sandbox.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads').trim().split('\n')).toEqual([
      `refs/heads/main ${unborn.base}`,
      `refs/heads/victim ${unborn.base}`,
    ]);
  });

  it('GIT-8 are found although HEAD, logs and index are something else', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    for (const [index, name] of ['HEAD', 'index', 'ORIG_HEAD', 'logs/HEAD'].entries()) {
      const worktree = await sandbox.create(`fifo-${index}`);
      writeFiles(worktree.path, { 'b.txt': `${name}\n` });
      rmSync(join(worktree.adminDir, name), { force: true });
      execFileSync('mkfifo', [join(worktree.adminDir, name)]);
      const salvage = await sandbox.salvage(worktree);
      expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['b.txt']);
      successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    }
  });
});
