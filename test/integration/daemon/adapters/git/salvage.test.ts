import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
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
import {
  pristineIndexOf,
  salvagedIndexOf,
  type Worktree,
} from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { commitsOfRefs, snapshotOf, treeOf } from '../../../../support/git-evidence.ts';
import {
  type GitSandbox,
  gitSandbox,
  openSandbox,
  plainGit,
  refOf,
  SALVAGE_TIME_MS,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const names = (sandbox: GitSandbox, commit: string | null): readonly string[] => [
  ...treeOf(sandbox.root, commit ?? '').keys(),
];

const blob = (sandbox: GitSandbox, name: string): string => sandbox.git('cat-file', 'blob', name);

/** The name of a ref whose own place was taken. */
const elsewhere = (worktree: Worktree): unknown =>
  expect.stringMatching(new RegExp(`^refs/codencer-[-0-9a-f]{36}/run-1/step-1/${worktree.id}$`));

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

describe('the description of the change', () => {
  it('GIT-29 lists renames, modes, sizes and binary files, and the patch makes the saved tree', async () => {
    const text = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');
    const sandbox = await gitSandbox({
      'old name.txt': text,
      'image.png': Buffer.from([0, 1, 2, 3]),
      'run.sh': 'x\n',
      'to-link': 'x\n',
      'gone.bin': Buffer.from([0, 9]),
      'deep/was-file': 'x\n',
      'was-folder/file': 'x\n',
    });
    const worktree = await sandbox.create();
    const at = (name: string) => join(worktree.path, name);
    writeFiles(worktree.path, {
      'moved/new.txt': `${text}more\n`,
      'image.png': Buffer.from([0, 255, 254, 0, 1]),
      'no-newline': 'x',
      'crlf.txt': 'a\r\n',
    });
    rmSync(at('old name.txt'));
    rmSync(at('gone.bin'));
    chmodSync(at('run.sh'), 0o755);
    rmSync(at('to-link'));
    symlinkSync('run.sh', at('to-link'));
    rmSync(at('deep/was-file'));
    writeFiles(worktree.path, { 'deep/was-file/now/folder': 'y\n' });
    rmSync(at('was-folder'), { recursive: true });
    writeFiles(worktree.path, { 'was-folder': 'now a file\n' });
    const salvage = await sandbox.salvage(worktree);
    const summary = Object.fromEntries(salvage.changedFiles.map((file) => [file.path, file]));
    expect(summary['moved/new.txt']).toEqual({
      path: 'moved/new.txt',
      oldPath: 'old name.txt',
      status: 'renamed',
      oldMode: '100644',
      newMode: '100644',
      additions: 1,
      deletions: 0,
      isBinary: false,
      sizeBytes: Buffer.byteLength(text) + 5,
    });
    expect(summary['image.png']).toMatchObject({
      status: 'modified',
      isBinary: true,
      additions: null,
      deletions: null,
      sizeBytes: 5,
    });
    expect(summary['run.sh']).toMatchObject({ status: 'modified', oldMode: '100644', newMode: '100755', additions: 0 });
    expect(summary['to-link']).toMatchObject({ status: 'type-changed', newMode: '120000', sizeBytes: 6 });
    expect(summary['gone.bin']).toMatchObject({
      status: 'deleted',
      newMode: '000000',
      sizeBytes: null,
      isBinary: true,
    });
    const written = JSON.parse(readFileSync(salvage.changedFilesPath, 'utf8'));
    expect(written).toEqual({
      version: 1,
      base: worktree.base,
      commit: salvage.treeCommit,
      files: salvage.changedFiles,
    });
    const clone = join(sandbox.folder, 'clone');
    sandbox.git('worktree', 'add', '--quiet', '--detach', clone, worktree.base);
    plainGit(clone, ['apply', '--index', salvage.patchPath ?? '']);
    expect(plainGit(clone, ['write-tree']).trim()).toBe(
      sandbox.git('rev-parse', `${salvage.treeCommit}^{tree}`).trim(),
    );
  });
});

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

describe('after the first salvage', () => {
  it('GIT-32 what validations change is a commit on top and not in the diff', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'x.log': 'log\n' });
    const salvage = await sandbox.salvage(worktree);
    const patch = readFileSync(salvage.patchPath ?? '', 'utf8');
    writeFiles(worktree.path, { 'a.txt': 'formatted\n', 'junit.xml': '<x/>\n', 'y.log': 'tests\n' });
    rmSync(join(worktree.path, 'x.log'));
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'modified a.txt',
      'added junit.xml',
      'deleted x.log',
      'added y.log',
    ]);
    expect(
      sandbox
        .git('rev-parse', refOf(worktree), `${refOf(worktree)}^`)
        .trim()
        .split('\n'),
    ).toEqual([further.commit, salvage.ignoredCommit]);
    expect(sandbox.git('show', '--no-patch', '--format=%B', refOf(worktree))).toContain(
      'Codencer-Salvage: validations',
    );
    expect(readFileSync(salvage.patchPath ?? '', 'utf8')).toBe(patch);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-32 also where the attempt itself changed nothing', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const salvage = await sandbox.salvage(worktree);
    writeFiles(worktree.path, { 'junit.xml': '<x/>\n' });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.refs).toEqual([{ name: refOf(worktree), commit: further.commit, holds: 'work' }]);
    expect(sandbox.git('rev-parse', `${further.commit}^`).trim()).toBe(worktree.base);
  });

  it('GIT-32 commits that validations made are kept too', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const salvage = await sandbox.salvage(worktree);
    plainGit(worktree.path, ['commit', '--quiet', '--allow-empty', '-m', 'by a validation']);
    const theirs = plainGit(worktree.path, ['rev-parse', 'HEAD']).trim();
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.commit).toBeNull();
    expect(further.refs).toEqual([{ name: `${refOf(worktree)}-lost-1`, commit: theirs, holds: 'lost-commits' }]);
  });

  it('GIT-31 GIT-32 at another time and with nothing new, nothing is added, whatever was staged or nested', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'staged only\n' });
    plainGit(worktree.path, ['add', '--all']);
    writeFiles(worktree.path, { 'a.txt': 'on disk\n' });
    plainGit(worktree.path, ['worktree', 'add', '--quiet', '--detach', 'further']);
    writeFiles(worktree.path, { 'further/b.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    const refs = sandbox.git('for-each-ref', 'refs/codencer');
    expect(await sandbox.salvage(worktree, { atMs: SALVAGE_TIME_MS + 86_400_000 })).toEqual(salvage);
    const further = successOf(await sandbox.again(worktree, salvage, { atMs: SALVAGE_TIME_MS + 172_800_000 }));
    expect(further.commit).toBeNull();
    expect(sandbox.git('for-each-ref', 'refs/codencer')).toBe(refs);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-31 a change before a second salvage goes on top and leaves the first outcome', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'b.txt': 'b\n' });
    const salvage = await sandbox.salvage(worktree);
    rmSync(join(worktree.path, 'b.txt'));
    writeFiles(worktree.path, { 'a.txt': 'later\n' });
    const second = await sandbox.salvage(worktree);
    expect(second).toMatchObject({ treeCommit: salvage.treeCommit, changedFiles: salvage.changedFiles });
    expect(blob(sandbox, `${refOf(worktree)}:a.txt`)).toBe('later\n');
    expect(sandbox.git('rev-parse', `${refOf(worktree)}^`).trim()).toBe(salvage.treeCommit);
    expect(await sandbox.salvage(worktree)).toEqual(second);
  });
});
