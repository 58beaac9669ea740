import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorktree } from '../../../../../main/daemon/adapters/git/create-worktree.ts';
import { removeWorktree } from '../../../../../main/daemon/adapters/git/remove-worktree.ts';
import { createRepositoryLock } from '../../../../../main/daemon/adapters/git/repository-lock.ts';
import { listWorktrees, readWorktree, writeWorktree } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { snapshotOf } from '../../../../support/git-evidence.ts';
import {
  createPlainRepository,
  gitSandbox,
  openSandbox,
  plainGit,
  refOf,
  rereadWorktree,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const RELEASED = { kind: 'released' } as const;

describe('a new worktree', () => {
  it('GIT-12 is at its base with a detached HEAD, and clean', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'dir/b.txt': 'b\n' });
    const worktree = await sandbox.create();
    expect(plainGit(worktree.path, ['rev-parse', 'HEAD']).trim()).toBe(sandbox.repository.head);
    expect(plainGit(worktree.path, ['branch', '--show-current'])).toBe('');
    expect(plainGit(worktree.path, ['status', '--porcelain', '--ignored'])).toBe('');
    expect([...snapshotOf(worktree.path).keys()].sort()).toEqual(['a.txt', 'dir/b.txt']);
    expect(worktree).toMatchObject({ base: sandbox.repository.head, state: 'ready' });
  });

  it('GIT-12 starts from the commit, not from what is not committed', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    writeFiles(sandbox.root, { 'a.txt': 'dirty\n', 'untracked.txt': 'x' });
    const worktree = await sandbox.create();
    expect(readFileSync(join(worktree.path, 'a.txt'), 'utf8')).toBe('a\n');
    expect(existsSync(join(worktree.path, 'untracked.txt'))).toBe(false);
  });

  it('GIT-12 has line ends as the base says, and pointers in place of filtered files', async () => {
    const sandbox = await gitSandbox({
      '.gitattributes': '*.bat text eol=crlf\n*.txt text=auto\n*.bin filter=lfs -text\n',
      'run.bat': 'one\r\ntwo\r\n',
      'a.txt': 'one\ntwo\n',
      'big.bin': 'version https://git-lfs.github.com/spec/v1\n',
    });
    const worktree = await sandbox.create();
    expect(readFileSync(join(worktree.path, 'run.bat'), 'latin1')).toBe('one\r\ntwo\r\n');
    expect(readFileSync(join(worktree.path, 'a.txt'), 'latin1')).toBe('one\ntwo\n');
    expect(readFileSync(join(worktree.path, 'big.bin'), 'latin1')).toContain('git-lfs');
    expect(plainGit(worktree.path, ['status', '--porcelain'])).toBe('');
  });

  it('GIT-12 finds the objects of alternates', async () => {
    const folder = temporaryFolder();
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    plainGit(folder, ['clone', '--quiet', '--shared', sandbox.root, 'borrower']);
    const borrower = await openSandbox(folder, join(folder, 'borrower'));
    const worktree = await borrower.create();
    expect(readFileSync(join(worktree.path, 'a.txt'), 'utf8')).toBe('a\n');
  });

  it('GIT-13 that cannot be made leaves nothing behind', async () => {
    const sandbox = await gitSandbox();
    const request = {
      repository: sandbox.repository,
      lock: createRepositoryLock(),
      id: 'x',
      path: join(sandbox.folder, 'wt/x'),
    };
    const missing = '1234567890123456789012345678901234567890';
    expect(failureOf(await createWorktree({ ...request, base: missing })).code).toBe('git_failed');
    const aborted = AbortSignal.abort();
    expect(failureOf(await createWorktree({ ...request, base: sandbox.repository.head, signal: aborted })).code).toBe(
      'git_aborted',
    );
    writeFiles(sandbox.folder, { 'wt/blocked': 'a file in the way' });
    const blocked = { ...request, path: join(sandbox.folder, 'wt/blocked/x'), base: sandbox.repository.head };
    expect(failureOf(await createWorktree(blocked)).code).toBe('files_failed');
    expect(await listWorktrees(sandbox.repository)).toEqual({ worktrees: [], problems: [] });
    expect(existsSync(request.path)).toBe(false);
    expect(plainGit(sandbox.root, ['worktree', 'list', '--porcelain']).match(/^worktree /gm)).toHaveLength(1);
  });

  it('GIT-13 half checked out is taken back', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'gone.txt': 'gone\n' });
    const blob = plainGit(sandbox.root, ['rev-parse', 'HEAD:gone.txt']).trim();
    rmSync(join(sandbox.root, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const request = {
      repository: sandbox.repository,
      lock: createRepositoryLock(),
      id: 'x',
      base: sandbox.repository.head,
    };
    const failure = failureOf(await createWorktree({ ...request, path: join(sandbox.folder, 'wt/x') }));
    expect(failure.message).toContain('read-tree');
    expect(readdirSync(join(sandbox.folder, 'wt'))).toEqual([]);
    expect(readdirSync(join(sandbox.root, '.git/worktrees'))).toEqual([]);
  });
});

describe('a worktree of a partial clone', () => {
  it('GIT-10 says what to do where an object is missing, and works after that', async () => {
    const folder = temporaryFolder();
    const source = createPlainRepository(join(folder, 'source'), { 'a.txt': 'old\n' });
    const old = plainGit(source, ['rev-parse', 'HEAD']).trim();
    writeFiles(source, { 'a.txt': 'new\n' });
    plainGit(source, ['commit', '--quiet', '--all', '-m', 'new']);
    plainGit(source, ['config', 'uploadpack.allowFilter', 'true']);
    plainGit(folder, ['clone', '--quiet', '--filter=blob:none', `file://${source}`, 'repo']);
    const { repository } = await openSandbox(folder, join(folder, 'repo'));
    const request = { repository, lock: createRepositoryLock(), id: 'x', path: join(folder, 'x'), base: old };
    const { message } = failureOf(await createWorktree(request));
    expect(message).toMatch(/this is a partial clone: run git fetch --refetch --no-filter$/);
    plainGit(repository.root, ['fetch', '--quiet', '--refetch', '--no-filter']);
    successOf(await createWorktree(request));
    expect(readFileSync(join(folder, 'x/a.txt'), 'utf8')).toBe('old\n');
  });
});

describe('the list of ours', () => {
  it('GIT-14 has ours only, finished or not', async () => {
    const sandbox = await gitSandbox();
    plainGit(sandbox.root, ['worktree', 'add', '--quiet', '--detach', join(sandbox.folder, 'theirs')]);
    const worktree = await sandbox.create('b');
    const place = {
      id: 'a',
      path: '/nowhere/a',
      base: sandbox.repository.head,
      privateDir: join(sandbox.repository.privateDir, 'worktrees/a'),
    };
    await writeWorktree({ ...place, state: 'creating' });
    expect(await listWorktrees(sandbox.repository)).toEqual({
      worktrees: [{ ...place, state: 'creating' }, worktree],
      problems: [],
    });
  });

  it.each([
    ['no JSON', '{', 'record_unreadable'],
    ['no object', '[]', 'record_unreadable'],
    ['no path', '{"version":1,"id":"b","base":"x","state":"ready"}', 'record_unreadable'],
    ['no such state', '{"version":1,"id":"b","base":"x","path":"/x","state":"odd"}', 'record_unreadable'],
    ['no folder', '{"version":1,"id":"b","base":"x","path":"/x","state":"ready"}', 'record_unreadable'],
    ['a newer version', '{"version":99}', 'record_newer'],
  ])('GIT-14 says which record has %s, and goes on', async (_what, text, code) => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create('a');
    writeFiles(sandbox.repository.privateDir, { 'worktrees/b/worktree.json': text });
    const { worktrees, problems } = await listWorktrees(sandbox.repository);
    expect(worktrees).toEqual([worktree]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(failureOf(await readWorktree(sandbox.repository, 'none')).code).toBe('worktree_unknown');
  });
});

describe('removing a worktree', () => {
  it('GIT-15 leaves every other worktree alone, also one that is on a disk just not there', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create('a');
    const other = await sandbox.create('b');
    for (const name of ['present', 'absent']) {
      plainGit(sandbox.root, ['worktree', 'add', '--quiet', '--detach', join(sandbox.folder, name)]);
    }
    renameSync(join(sandbox.folder, 'absent'), join(sandbox.folder, 'elsewhere'));
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(existsSync(worktree.path)).toBe(false);
    renameSync(join(sandbox.folder, 'elsewhere'), join(sandbox.folder, 'absent'));
    for (const path of [other.path, join(sandbox.folder, 'present'), join(sandbox.folder, 'absent')]) {
      expect(plainGit(path, ['status', '--porcelain'])).toBe('');
    }
    expect(readdirSync(join(sandbox.root, '.git/worktrees')).sort()).toEqual(['absent', 'b', 'present']);
  });

  it('GIT-15 never goes by what a file in the worktree says', async () => {
    const sandbox = await gitSandbox();
    const [worktree, victim] = [await sandbox.create('a'), await sandbox.create('b')];
    writeFileSync(join(worktree.path, '.git'), `gitdir: ${victim.adminDir}\n`);
    writeFileSync(join(worktree.adminDir, 'gitdir'), `${victim.path}/.git\n`);
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(existsSync(worktree.path)).toBe(false);
    expect(existsSync(worktree.adminDir)).toBe(false);
    expect(plainGit(victim.path, ['status', '--porcelain'])).toBe('');
  });

  it('GIT-15 does not follow links', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(sandbox.folder, { 'precious/file.txt': 'precious\n' });
    symlinkSync(join(sandbox.folder, 'precious'), join(worktree.path, 'link'));
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(existsSync(join(sandbox.folder, 'precious/file.txt'))).toBe(true);
  });

  it('GIT-15 takes only the link when the folder itself became one', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(sandbox.folder, { 'precious/file.txt': 'precious\n' });
    rmSync(worktree.path, { recursive: true });
    symlinkSync(join(sandbox.folder, 'precious'), worktree.path);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ keepWorktree: true, notSaved: [{ path: '.', code: 'special_file' }] });
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(lstatSync(worktree.path, { throwIfNoEntry: false })).toBeUndefined();
    expect(existsSync(join(sandbox.folder, 'precious/file.txt'))).toBe(true);
  });

  it('GIT-15 refuses a record that names the repository itself', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    for (const path of [sandbox.root, sandbox.folder, '/', join(sandbox.root, '.codencer')]) {
      expect(failureOf(await sandbox.remove({ ...worktree, path }, RELEASED)).code).toBe('not_ours');
    }
    expect(existsSync(sandbox.root)).toBe(true);
  });

  it.each([
    ['the folder', (path: string) => rmSync(path, { recursive: true })],
    ['the .git file', (path: string) => rmSync(join(path, '.git'))],
    ["git's folder for it", (_path: string, adminDir: string) => rmSync(adminDir, { recursive: true })],
    ['the lock', (_path: string, adminDir: string) => rmSync(join(adminDir, 'locked'))],
    ['the way back', (_path: string, adminDir: string) => rmSync(join(adminDir, 'gitdir'))],
    [
      'everything',
      (path: string, adminDir: string) =>
        [path, adminDir].forEach((it) => {
          rmSync(it, { recursive: true });
        }),
    ],
  ])('GIT-16 copes without %s', async (_what, damage) => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    damage(worktree.path, worktree.adminDir);
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(existsSync(worktree.path)).toBe(false);
    expect(existsSync(worktree.adminDir)).toBe(false);
    expect(await listWorktrees(sandbox.repository)).toEqual({ worktrees: [], problems: [] });
  });

  it('GIT-16 leaves a folder of git alone that is no longer provably ours', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    rmSync(worktree.adminDir, { recursive: true });
    plainGit(sandbox.root, ['worktree', 'add', '--quiet', '--detach', join(sandbox.folder, 'attempt-1')]);
    expect(existsSync(worktree.adminDir)).toBe(true);
    successOf(await sandbox.remove(worktree, RELEASED));
    expect(plainGit(join(sandbox.folder, 'attempt-1'), ['status', '--porcelain'])).toBe('');
  });

  it('GIT-16 finishes what a crash left half done', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'new.txt': 'new\n' });
    const salvage = await sandbox.salvage(worktree);
    // As after a kill right behind the renaming: the record says so, the folder has its other name and lost a file.
    await writeWorktree({ ...worktree, state: 'removing' });
    const trash = join(worktree.path, '../.attempt-1.removing');
    renameSync(worktree.path, trash);
    rmSync(join(trash, 'new.txt'));
    const found = await rereadWorktree(sandbox, 'attempt-1');
    expect(found.state).toBe('removing');
    successOf(await sandbox.remove(found, { kind: 'salvaged', salvage }));
    expect(readdirSync(join(worktree.path, '..'))).toEqual([]);
    expect(plainGit(sandbox.root, ['show', `${refOf(worktree)}:new.txt`])).toBe('new\n');
    expect(await listWorktrees(sandbox.repository)).toEqual({ worktrees: [], problems: [] });
  });

  it('GIT-16 takes away one whose making was interrupted', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const { adminDir, ...place } = worktree;
    await writeWorktree({ ...place, state: 'creating' });
    const known = successOf(await readWorktree(sandbox.repository, 'attempt-1'));
    const lock = createRepositoryLock();
    successOf(await removeWorktree({ repository: sandbox.repository, lock, worktree: known, proof: RELEASED }));
    expect(existsSync(worktree.path)).toBe(false);
    expect(existsSync(adminDir)).toBe(false);
  });

  it('GIT-17 refuses what was never saved, not wholly saved, or changed since', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', '.gitignore': 'node_modules/\n' });
    const worktree = await sandbox.create();
    const unsaved = { keepWorktree: false, cachesListed: [], refs: [] };
    expect(failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: unsaved })).code).toBe(
      'changed_since_salvage',
    );
    const salvage = await sandbox.salvage(worktree);
    const kept = { ...salvage, keepWorktree: true };
    expect(failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: kept })).code).toBe('not_salvaged');
    writeFiles(worktree.path, { 'late.txt': 'late\n', 'a.txt': 'b\n', 'node_modules/late.js': '' });
    const refusal = failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(refusal.code).toBe('changed_since_salvage');
    expect(refusal.message).toMatch(/^changed after it was saved: a\.txt and 2 more/);
    const further = successOf(await sandbox.again(worktree, salvage));
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-17 sees a change of the same size in the very instant of saving', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    writeFiles(worktree.path, { 'a.txt': 'c\n' });
    expect(failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage })).code).toBe('changed_since_salvage');
    expect(existsSync(join(worktree.path, 'a.txt'))).toBe(true);
    mkdirSync(join(worktree.path, 'empty'));
  });
});
