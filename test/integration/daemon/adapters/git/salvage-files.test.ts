import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { pristineIndexOf, salvagedIndexOf } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { snapshotOf, treeOf } from '../../../../support/git-evidence.ts';
import {
  type GitSandbox,
  gitSandbox,
  openSandbox,
  plainGit,
  refOf,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const names = (sandbox: GitSandbox, commit: string | null): readonly string[] => [
  ...treeOf(sandbox.root, commit ?? '').keys(),
];

const blob = (sandbox: GitSandbox, name: string): string => sandbox.git('cat-file', 'blob', name);

describe('files', () => {
  it('GIT-19 GIT-20 that nobody changed make nothing and take no process', async () => {
    const sandbox = await gitSandbox();
    sandbox.commands.length = 0;
    const worktree = await sandbox.create();
    expect(sandbox.commands).toHaveLength(2);
    sandbox.commands.length = 0;
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({
      treeCommit: null,
      ignoredCommit: null,
      refs: [],
      changedFiles: [],
      patchPath: null,
    });
    expect(salvage).toMatchObject({ head: worktree.base, bundles: [], notSaved: [], keepWorktree: false });
    expect(JSON.parse(readFileSync(salvage.changedFilesPath, 'utf8'))).toEqual({
      version: 1,
      base: worktree.base,
      commit: null,
      files: [],
    });
    expect(successOf(await sandbox.again(worktree, salvage)).commit).toBeNull();
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(sandbox.commands).toEqual([]);
    expect(sandbox.git('for-each-ref', 'refs/codencer')).toBe('');
  });

  it('GIT-19 of which a few changed take seven processes', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'changed\n', 'new.txt': 'new\n' });
    sandbox.commands.length = 0;
    const salvage = await sandbox.salvage(worktree);
    expect(sandbox.commands.map(({ args }) => args[0]).sort()).toEqual([
      'check-ignore',
      'commit-tree',
      'diff-tree',
      'diff-tree',
      'update-index',
      'update-ref',
      'write-tree',
    ]);
    sandbox.commands.length = 0;
    successOf(await sandbox.again(worktree, salvage));
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(sandbox.commands).toEqual([]);
  });

  it('GIT-20 GIT-21 are in one commit, ignored ones in a second, and caches are only listed', async () => {
    const sandbox = await gitSandbox({
      'a.txt': 'a\n',
      'gone.txt': 'x\n',
      '.gitignore': '*.log\nnode_modules/\nbuild/\n',
    });
    const worktree = await sandbox.create();
    const files = { 'a.txt': 'changed\n', 'new/c.txt': 'c\n', 'x.log': 'log\n', 'build/out/app.js': 'built\n' };
    writeFiles(worktree.path, { ...files, 'node_modules/m/index.js': '12345', 'packages/p/node_modules/q.js': '123' });
    rmSync(join(worktree.path, 'gone.txt'));
    const salvage = await sandbox.salvage(worktree);
    expect(names(sandbox, salvage.treeCommit)).toEqual(['.gitignore', 'a.txt', 'new/c.txt']);
    expect(names(sandbox, refOf(worktree))).toEqual(['.gitignore', 'a.txt', 'build/out/app.js', 'new/c.txt', 'x.log']);
    expect(
      sandbox.git('rev-parse', `${refOf(worktree)}`, `${refOf(worktree)}^`, `${refOf(worktree)}^^`).split('\n'),
    ).toEqual([salvage.ignoredCommit, salvage.treeCommit, worktree.base, '']);
    expect(salvage.cachesListed).toEqual([
      { path: 'node_modules', bytes: 5 },
      { path: 'packages/p/node_modules', bytes: 3 },
    ]);
    expect(salvage.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'modified a.txt',
      'deleted gone.txt',
      'added new/c.txt',
    ]);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-20 that are ignored only have a ref and no tree commit', async () => {
    const sandbox = await gitSandbox({ '.gitignore': '*.log\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'x.log': 'log\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ treeCommit: null, changedFiles: [], patchPath: null });
    expect(salvage.refs).toEqual([{ name: refOf(worktree), commit: salvage.ignoredCommit, holds: 'work' }]);
    expect(await sandbox.salvage(worktree)).toEqual(salvage);
  });

  it('GIT-21 with the name of a cache that are not ignored are work', async () => {
    const sandbox = await gitSandbox({ 'target/tracked.rs': 'mod\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'target/tracked.rs': 'changed\n', 'target/new.rs': 'new\n', 'venv/made.py': 'made\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(names(sandbox, salvage.treeCommit)).toEqual(['target/new.rs', 'target/tracked.rs', 'venv/made.py']);
    expect(salvage.cachesListed).toEqual([]);
  });

  it('GIT-21 that are ignored one by one below a cache are listed as the cache', async () => {
    const sandbox = await gitSandbox({ '.gitignore': 'node_modules/*\n!node_modules/ours\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, {
      'node_modules/a.js': '1234',
      'node_modules/m/b.js': '12',
      'node_modules/ours': 'kept\n',
    });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.cachesListed).toEqual([{ path: 'node_modules', bytes: 6 }]);
    expect(names(sandbox, salvage.treeCommit)).toEqual(['.gitignore', 'node_modules/ours']);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-21 that are ignored and over a limit keep the worktree', async () => {
    const sandbox = await gitSandbox({ '.gitignore': '*.log\n' });
    const worktree = await sandbox.create();
    const sizes = { 'a.log': 10, 'b.log': 400, 'c.log': 500, 'd.log': 1001 };
    for (const [name, size] of Object.entries(sizes))
      writeFileSync(join(worktree.path, name), Buffer.alloc(size, name));
    writeFiles(worktree.path, { 'tracked.big': 'x'.repeat(5000) });
    const limits = { ...DEFAULT_LIMITS, cacheNames: [], ignoredFileBytes: 1000, ignoredTotalBytes: 500 };
    const salvage = await sandbox.salvage(worktree, { limits });
    expect(names(sandbox, refOf(worktree))).toEqual(['.gitignore', 'a.log', 'b.log', 'tracked.big']);
    expect(salvage.notSaved.map(({ path, code }) => [path, code])).toEqual([
      ['c.log', 'over_total_limit'],
      ['d.log', 'over_file_limit'],
    ]);
    expect(salvage.keepWorktree).toBe(true);
  });

  it('GIT-21 GIT-35 that the repository or its user ignores elsewhere count as ignored, as it was at the beginning', async () => {
    const { root, folder } = await gitSandbox();
    writeFiles(root, { '.git/info/exclude': '*.mine\n' });
    const sandbox = await openSandbox(folder, root);
    writeFiles(root, { '.git/info/exclude': 'b.txt\n' });
    const worktree = await sandbox.create();
    writeFiles(root, { '.git/info/exclude': '*\n' });
    writeFiles(worktree.path, { 'a.mine': '', 'b.txt': '' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['b.txt']);
    expect(names(sandbox, salvage.ignoredCommit)).toEqual(['README.md', 'a.mine', 'b.txt']);
  });

  it('GIT-22 keep their bytes, names, links and executable bits', async () => {
    const sandbox = await gitSandbox({
      'a.txt': 'a\n',
      'run.sh': '#!/bin/sh\n',
      'to-link': 'x',
      'to-folder': 'x',
      'was/deep': 'x',
    });
    const worktree = await sandbox.create();
    const at = (name: string): Buffer => Buffer.from(`${worktree.path}/${name}`, 'latin1');
    const odd = [
      '-dash',
      'new\nline',
      'quo"te',
      'tab\t',
      '\xff\xfe',
      ' space ',
      ':(top)x',
      '*',
      `${'l'.repeat(255)}`,
      'back\\slash',
    ];
    for (const name of odd) writeFileSync(at(name), `in ${name}`);
    writeFiles(worktree.path, {
      'crlf.txt': 'a\r\nb\r\n',
      'utf16.txt': Buffer.from('\ufeffsechzehn', 'utf16le'),
      'id.c': '$Id$ $Id: x $\n',
    });
    writeFiles(worktree.path, {
      '.gitattributes': '* text=auto eol=crlf ident filter=evil working-tree-encoding=UTF-16\n',
      empty: '',
    });
    chmodSync(join(worktree.path, 'run.sh'), 0o755);
    rmSync(join(worktree.path, 'to-link'));
    symlinkSync('/etc/passwd', join(worktree.path, 'to-link'));
    symlinkSync(Buffer.from('\xff nowhere', 'latin1'), join(worktree.path, 'dangling'));
    rmSync(join(worktree.path, 'to-folder'));
    writeFiles(worktree.path, { 'to-folder/inside': 'now inside\n' });
    rmSync(join(worktree.path, 'was'), { recursive: true });
    symlinkSync('to-folder', join(worktree.path, 'was'));
    mkdirSync(join(worktree.path, 'empty-folder'));
    const before = snapshotOf(worktree.path);
    const salvage = await sandbox.salvage(worktree);
    expect([...treeOf(sandbox.root, salvage.treeCommit ?? '')].sort()).toEqual([...before].sort());
    expect(salvage.keepWorktree).toBe(false);
    const paths = salvage.changedFiles.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['new\nline', '"\\377\\376"', 'quo"te', '-dash']));
  });

  it.each([
    ['touched', (file: string) => utimesSync(file, 1, 1)],
    ['rewritten with the same bytes', (file: string) => writeFileSync(file, readFileSync(file))],
    [
      'replaced by a copy',
      (file: string) => {
        renameSync(file, `${file}.x`);
        writeFileSync(file, readFileSync(`${file}.x`));
        rmSync(`${file}.x`);
      },
    ],
  ])('GIT-23 that were %s are not changed, whatever their line ends', async (_what, touch) => {
    const sandbox = await gitSandbox({
      '.gitattributes': '*.bat eol=crlf\n*.c ident\n',
      'run.bat': 'a\r\nb\r\n',
      'a.c': '$Id$\n',
      'b.txt': 'b\n',
    });
    const worktree = await sandbox.create();
    for (const name of ['run.bat', 'a.c', 'b.txt']) touch(join(worktree.path, name));
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ treeCommit: null, refs: [], changedFiles: [] });
    writeFiles(worktree.path, { 'new.txt': 'new\n' });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.changedFiles.map(({ path }) => path)).toEqual(['new.txt']);
  });

  it('GIT-23 GIT-22 that were changed keep the bytes on disk, beside converted ones that were not', async () => {
    const sandbox = await gitSandbox({ '.gitattributes': '*.bat eol=crlf\n', 'a.bat': 'a\r\nb\r\n', 'b.bat': 'b\r\n' });
    const worktree = await sandbox.create();
    expect(blob(sandbox, 'HEAD:a.bat')).toBe('a\nb\n');
    writeFiles(worktree.path, { 'a.bat': 'a\r\nc\r\n' });
    utimesSync(join(worktree.path, 'b.bat'), 1, 1);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['a.bat']);
    expect(blob(sandbox, `${salvage.treeCommit}:a.bat`)).toBe('a\r\nc\r\n');
    expect(blob(sandbox, `${salvage.treeCommit}:b.bat`)).toBe('b\n');
  });

  it('GIT-24 that kept size, inode, second and modification time are seen to have changed', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'aaaa\n', 'b.txt': 'bbbb\n' });
    const worktree = await sandbox.create();
    const file = join(worktree.path, 'a.txt');
    const at = new Date(Math.floor(Date.now() / 1000) * 1000);
    writeFileSync(file, 'cccc\n', { flag: 'r+' });
    utimesSync(file, at, at);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['a.txt']);
    expect(blob(sandbox, `${salvage.treeCommit}:a.txt`)).toBe('cccc\n');
  });

  it('GIT-24 that differ by less than a second from what git remembers are read nevertheless', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'aaaa\n' });
    const second = (file: string): number => Math.floor(statSync(file).ctimeMs / 1000);
    for (let attempt = 0; ; attempt += 1) {
      const worktree = await sandbox.create(`attempt-${attempt}`);
      const file = join(worktree.path, 'a.txt');
      const [before, mtime] = [second(file), statSync(file).mtime];
      writeFileSync(file, 'cccc\n', { flag: 'r+' });
      utimesSync(file, mtime, mtime);
      // The checkout and the change must fall into one second, and the salvage into a later one.
      if (second(file) !== before) continue;
      await waitUntil(() => Math.floor(Date.now() / 1000) > before);
      const salvage = await sandbox.salvage(worktree);
      expect(blob(sandbox, `${salvage.treeCommit}:a.txt`)).toBe('cccc\n');
      return;
    }
  });

  it('GIT-24 are all read again when the memory of them is gone or broken', async () => {
    const sandbox = await gitSandbox({
      '.gitattributes': '*.bat eol=crlf\n',
      'a.txt': 'a\n',
      'b.txt': 'b\n',
      'c.bat': 'c\r\n',
    });
    for (const [id, damage] of [
      ['x', ''],
      ['y', 'DIRC and no more'],
      ['z', null],
    ] as const) {
      const worktree = await sandbox.create(id);
      if (damage === null) rmSync(pristineIndexOf(worktree));
      else writeFileSync(pristineIndexOf(worktree), damage);
      writeFiles(worktree.path, { 'a.txt': 'changed\n' });
      const salvage = await sandbox.salvage(worktree);
      expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['a.txt']);
      rmSync(salvagedIndexOf(worktree));
      writeFiles(worktree.path, { 'b.txt': 'changed\n' });
      const further = successOf(await sandbox.again(worktree, salvage));
      expect(further.changedFiles.map(({ path }) => path)).toEqual(['b.txt']);
    }
  });

  it('GIT-28 of kinds that hold no data are named and keep nothing', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    rmSync(join(worktree.path, 'a.txt'));
    execFileSync('mkfifo', [join(worktree.path, 'a.txt'), join(worktree.path, 'pipe')]);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.notSaved.map(({ path, code, keepsWorktree }) => [path, code, keepsWorktree])).toEqual(
      expect.arrayContaining([
        ['a.txt', 'special_file', false],
        ['pipe', 'special_file', false],
      ]),
    );
    expect(salvage.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual(['deleted a.txt']);
    expect(salvage.keepWorktree).toBe(false);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-28 with a name that git refuses keep the worktree', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { '.GIT/config': 'x', 'fine.txt': 'fine\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.notSaved).toEqual([
      {
        path: '.GIT/config',
        code: 'name_refused',
        reason: 'git does not take a file of this name',
        keepsWorktree: true,
      },
    ]);
    expect(names(sandbox, salvage.treeCommit)).toEqual(['README.md', 'fine.txt']);
  });

  it('GIT-33 that went with their folder are no deletions; the commits stay', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'b.txt': 'b\n' });
    plainGit(worktree.path, ['add', '--all']);
    plainGit(worktree.path, ['commit', '--quiet', '-m', 'mine']);
    const mine = plainGit(worktree.path, ['rev-parse', 'HEAD']).trim();
    rmSync(worktree.path, { recursive: true });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ head: mine, treeCommit: mine, ignoredCommit: null, keepWorktree: false });
    expect(salvage.refs).toEqual([{ name: refOf(worktree), commit: mine, holds: 'work' }]);
    expect(await sandbox.salvage(worktree)).toEqual(salvage);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(existsSync(worktree.adminDir)).toBe(false);
  });
});
