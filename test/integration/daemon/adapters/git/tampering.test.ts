import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIndexFile } from '../../../../../main/daemon/adapters/git/index-file.ts';
import { noteBrought } from '../../../../../main/daemon/adapters/git/note-brought.ts';
import { DEFAULT_LIMITS } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import {
  pristineIndexOf,
  salvagedIndexOf,
  type Worktree,
} from '../../../../../main/daemon/adapters/git/worktree-record.ts';

import { commitsOfRefs } from '../../../../support/git-evidence.ts';
import {
  type GitSandbox,
  gitSandbox,
  openSandbox,
  plainGit,
  refOf,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';

/** Makes an index say of the files on disk that they are untouched, as an executor with the user's rights can. */
function forgeIndex({ root }: GitSandbox, { path }: Worktree, index: string): void {
  const env = { PATH: process.env['PATH'], GIT_DIR: join(root, '.git'), GIT_WORK_TREE: path, GIT_INDEX_FILE: index };
  const entries = execFileSync('git', ['ls-files', '-z'], { cwd: path, env }).toString().split('\0').slice(0, -1);
  for (const name of entries) execFileSync('git', ['update-index', '--add', name], { cwd: path, env });
  utimesSync(index, new Date(), new Date(Date.now() + 60_000));
}

const changedIn = (salvage: { readonly changedFiles: readonly { readonly path: string }[] }): readonly string[] =>
  salvage.changedFiles.map(({ path }) => path);

/** Another daemon: nothing of what the first one knew. */
const restarted = (sandbox: GitSandbox): Promise<GitSandbox> => openSandbox(sandbox.folder, sandbox.root);

describe('what an executor writes into our own folder', () => {
  it('GIT-35 an index as checked out that says a changed file is untouched hides nothing', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'evil\n' });
    forgeIndex(sandbox, worktree, pristineIndexOf(worktree));
    const forged = await readIndexFile(pristineIndexOf(worktree), 20);
    expect(forged?.entries.get('a.txt')?.stamp.sizeBytes).toBe(5);
    const salvage = await sandbox.salvage(worktree);
    expect(changedIn(salvage)).toEqual(['a.txt']);
    expect(readFileSync(salvage.patchPath ?? '', 'utf8')).toContain('+evil');
  });

  it('GIT-35 nor one that only claims to be younger than it is', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    const index = pristineIndexOf(worktree);
    utimesSync(index, 1, statSync(index).mtimeMs / 1000 + 60);
    sandbox.commands.length = 0;
    expect(changedIn(await sandbox.salvage(worktree))).toEqual([]);
    expect(sandbox.commands.map(({ args }) => args[0])).toContain('read-tree');
  });

  it('GIT-35 an index as saved that was altered while validations ran hides nothing, neither from them nor from clean-up', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'b.txt': 'work\n' });
    const salvage = await sandbox.salvage(worktree);
    writeFiles(worktree.path, { 'a.txt': 'evil\n' });
    forgeIndex(sandbox, worktree, salvagedIndexOf(worktree));
    const refused = failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(refused).toMatchObject({ code: 'changed_since_salvage', message: expect.stringContaining('a.txt') });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(changedIn(further)).toEqual(['a.txt']);
    const saved = { ...salvage, refs: further.refs };
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: saved }));
  });

  it('GIT-35 after a restart nothing there is believed, and every file is read', async () => {
    const sandbox = await gitSandbox({ '.gitattributes': '*.bat eol=crlf\n', 'a.txt': 'a\n', 'c.bat': 'c\r\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'evil\n' });
    forgeIndex(sandbox, worktree, pristineIndexOf(worktree));
    const salvage = await (await restarted(sandbox)).salvage(worktree);
    expect(changedIn(salvage)).toEqual(['a.txt']);
  });

  it('GIT-35 GIT-17 after a restart a worktree goes when every file is as the commit has it, and not otherwise', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n', 'x.log': 'log\n' });
    const salvage = await sandbox.salvage(worktree);
    const proof = { kind: 'salvaged', salvage } as const;
    writeFiles(worktree.path, { 'a.txt': 'later\n' });
    forgeIndex(sandbox, worktree, salvagedIndexOf(worktree));
    expect(failureOf(await (await restarted(sandbox)).remove(worktree, proof)).code).toBe('changed_since_salvage');
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    successOf(await (await restarted(sandbox)).remove(worktree, proof));
  });

  it('GIT-35 a gateway that leads elsewhere is made anew, so that refs are where they belong', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const elsewhere = join(sandbox.folder, 'elsewhere');
    plainGit(sandbox.folder, ['clone', '--quiet', '--bare', sandbox.root, elsewhere]);
    const gateway = sandbox.repository.gatewayDir;
    writeFileSync(join(gateway, 'commondir'), `${elsewhere}\n`);
    writeFiles(gateway, { 'refs/heads/planted': worktree.base });
    const salvage = await sandbox.salvage(worktree);
    expect(sandbox.git('rev-parse', refOf(worktree)).trim()).toBe(salvage.treeCommit);
    rmSync(gateway, { recursive: true });
    symlinkSync(elsewhere, gateway);
    successOf(await sandbox.again(worktree, salvage));
    writeFiles(worktree.path, { 'a.txt': 'more\n' });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(sandbox.git('rev-parse', refOf(worktree)).trim()).toBe(further.commit);
    expect(plainGit(elsewhere, ['for-each-ref', 'refs/codencer'])).toBe('');
  });

  it('GIT-35 a note that leads to the commits of another worktree is refused', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const [worktree, other] = [await sandbox.create('one'), await sandbox.create('two')];
    plainGit(worktree.path, ['commit', '--quiet', '--allow-empty', '-m', 'made']);
    const made = plainGit(worktree.path, ['rev-parse', 'HEAD']).trim();
    const misled = { ...worktree, adminDir: other.adminDir };
    await expect((await restarted(sandbox)).salvage(misled)).rejects.toThrow('was tampered with');
    expect((await sandbox.salvage(misled)).treeCommit).toBe(made);
  });

  it('GIT-35 a time that is planted for the commits does not stop them', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    for (const [index, planted] of ['99999999999999999999', 'x', '-1', '8640000000000000'].entries()) {
      const worktree = await sandbox.create(`attempt-${index}`);
      writeFiles(worktree.path, { 'a.txt': `${planted}\n` });
      writeFileSync(join(worktree.privateDir, 'salvage-begun'), planted);
      expect((await sandbox.salvage(worktree)).refs).toHaveLength(1);
    }
  });
});

describe('what an executor puts in the way of our own files', () => {
  const makers: readonly (readonly [string, (file: string) => void])[] = [
    ['FIFOs', (file) => execFileSync('mkfifo', [file])],
    ['folders', (file) => writeFiles(file, { full: 'x' })],
    ['links', (file) => symlinkSync('/dev/zero', file)],
  ];

  it.each(makers)('GIT-8 GIT-35 %s are not waited for', async (_what, plant) => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const files = [pristineIndexOf(worktree), salvagedIndexOf(worktree), join(worktree.privateDir, 'salvage-begun')];
    for (const file of files) {
      rmSync(file, { force: true });
      plant(file);
    }
    const salvage = await sandbox.salvage(worktree);
    expect(changedIn(salvage)).toEqual(['a.txt']);
    rmSync(salvagedIndexOf(worktree));
    plant(salvagedIndexOf(worktree));
    writeFiles(worktree.path, { 'a.txt': 'more\n' });
    expect(changedIn(successOf(await sandbox.again(worktree, salvage)))).toEqual(['a.txt']);
  });
});

describe('what git itself would wait for', () => {
  it.each(['config', 'packed-refs', 'objects/info/alternates'])(
    'GIT-8 is found out in the place of %s',
    async (name) => {
      const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
      const worktree = await sandbox.create();
      writeFiles(worktree.path, { 'a.txt': 'work\n' });
      const file = join(sandbox.root, '.git', name);
      rmSync(file, { force: true });
      execFileSync('mkfifo', [file]);
      await expect(sandbox.salvage(worktree)).rejects.toThrow(`${name} is no plain file`);
    },
  );
});

describe('objects that lie elsewhere', () => {
  it('GIT-35 keep the worktree, when the alternates were changed while it lived', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    const store = join(worktree.path, '.store');
    plainGit(worktree.path, ['init', '--quiet', '--bare', store]);
    writeFiles(worktree.path, { 'a.txt': 'only there\n' });
    plainGit(store, ['hash-object', '-w', join(worktree.path, 'a.txt')]);
    writeFiles(sandbox.root, { '.git/objects/info/alternates': `${store}/objects\n` });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.notSaved).toMatchObject([{ path: '.', code: 'objects_elsewhere', keepsWorktree: true }]);
    expect(salvage.keepWorktree).toBe(true);
    const again = await (await restarted(sandbox)).salvage(worktree);
    expect(again.keepWorktree).toBe(true);
  });
});

describe('refs in the way', () => {
  const plants: readonly (readonly [string, (sandbox: GitSandbox, worktree: Worktree) => void])[] = [
    ['a ref at its name', (sandbox, worktree) => sandbox.git('update-ref', refOf(worktree), 'HEAD')],
    ['a ref above it', (sandbox) => sandbox.git('update-ref', 'refs/codencer/run-1', 'HEAD')],
    ['a ref below it', (sandbox, worktree) => sandbox.git('update-ref', `${refOf(worktree)}/x`, 'HEAD')],
    ['a lock beside it', ({ root }, worktree) => writeFiles(root, { [`.git/${refOf(worktree)}.lock`]: '' })],
    [
      'a lock from the future',
      ({ root }, worktree) => {
        const lock = join(root, '.git', `${refOf(worktree)}.lock`);
        writeFiles(root, { [`.git/${refOf(worktree)}.lock`]: '' });
        utimesSync(lock, 9e9, 9e9);
      },
    ],
    [
      'a folder for a lock',
      ({ root }, worktree) => mkdirSync(join(root, '.git', `${refOf(worktree)}.lock/x`), { recursive: true }),
    ],
    ['a file for a folder', ({ root }) => writeFiles(root, { '.git/refs/codencer': '' })],
  ];

  it.each(plants)('GIT-36 %s does not keep the work from having one', async (_what, plant) => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['commit', '--quiet', '--allow-empty', '-m', 'dropped']);
    const dropped = plainGit(worktree.path, ['rev-parse', 'HEAD']).trim();
    plainGit(worktree.path, ['reset', '--quiet', '--hard', 'HEAD~1']);
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    plant(sandbox, worktree);
    const salvage = await sandbox.salvage(worktree);
    const [work] = salvage.refs;
    expect(work).toMatchObject({ holds: 'work', commit: salvage.treeCommit });
    expect(work?.name).toMatch(/^refs\/codencer-[-0-9a-f]{36}\/run-1\/step-1\/attempt-1$/);
    for (const { name, commit } of salvage.refs) expect(sandbox.git('rev-parse', name).trim()).toBe(commit);
    expect(salvage.refs.map(({ commit }) => commit)).toContain(dropped);
    expect(changedIn(salvage)).toEqual(['a.txt']);
    expect(await sandbox.salvage(worktree)).toMatchObject({ treeCommit: salvage.treeCommit, keepWorktree: false });
    writeFiles(worktree.path, { 'a.txt': 'formatted\n' });
    const further = successOf(await sandbox.again(worktree, salvage));
    expect(further.refs).toEqual([{ name: work?.name, commit: further.commit, holds: 'work' }]);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  });

  it('GIT-36 a FIFO at its name does not make it wait', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    mkdirSync(join(sandbox.root, '.git', refOf(worktree), '..'), { recursive: true });
    execFileSync('mkfifo', [join(sandbox.root, '.git', refOf(worktree))]);
    const { refs, treeCommit } = await sandbox.salvage(worktree);
    expect(refs).toEqual([{ name: expect.stringMatching(/^refs\/codencer-/), commit: treeCommit, holds: 'work' }]);
  });

  it('GIT-36 a history that is planted under its name takes nothing out of the diff', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'evil\n' });
    const message = 'codencer: tracked and untracked files\n\nCodencer-Salvage: tree';
    const planted = plainGit(worktree.path, ['commit-tree', '-p', 'HEAD', '-m', message, 'HEAD^{tree}']).trim();
    sandbox.git('update-ref', refOf(worktree), planted);
    writeFileSync(join(worktree.privateDir, 'salvage-begun'), '1700000000000');
    for (const place of [sandbox, await restarted(sandbox)]) {
      const salvage = await place.salvage(worktree);
      expect(changedIn(salvage)).toEqual(['a.txt']);
      expect(salvage.refs.at(-1)).toEqual({ name: refOf(worktree), commit: planted, holds: 'lost-commits' });
    }
  });

  it('GIT-31 after a restart the same refs are found again, and a change since stands beside them', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(await (await restarted(sandbox)).salvage(worktree)).toEqual(salvage);
    writeFiles(worktree.path, { 'a.txt': 'later\n' });
    const second = await (await restarted(sandbox)).salvage(worktree);
    expect(sandbox.git('show', `${second.refs[0]?.name}:a.txt`)).toBe('later\n');
    expect(second.refs.at(-1)).toEqual({ name: refOf(worktree), commit: salvage.treeCommit, holds: 'lost-commits' });
  });

  it.each([
    ['deleted', (sandbox: GitSandbox, name: string) => sandbox.git('update-ref', '-d', name)],
    ['moved', (sandbox: GitSandbox, name: string) => sandbox.git('update-ref', name, 'HEAD')],
  ])('GIT-41 a ref that was %s after it was set keeps the worktree; a packed one does not', async (_how, harm) => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'work\n' });
    const salvage = await sandbox.salvage(worktree);
    harm(sandbox, refOf(worktree));
    const refused = failureOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(refused).toMatchObject({ code: 'not_salvaged', message: expect.stringContaining(refOf(worktree)) });
    sandbox.git('update-ref', refOf(worktree), salvage.treeCommit ?? '');
    sandbox.git('pack-refs', '--all');
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-38 a commit that another attempt holds has a ref of its own', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const [first, second] = [await sandbox.create('first'), await sandbox.create('second')];
    plainGit(first.path, ['commit', '--quiet', '--allow-empty', '-m', 'shared']);
    const shared = plainGit(first.path, ['rev-parse', 'HEAD']).trim();
    plainGit(second.path, ['reset', '--quiet', '--hard', shared]);
    plainGit(second.path, ['reset', '--quiet', '--hard', 'HEAD~1']);
    const [holder, dropper] = [await sandbox.salvage(first), await sandbox.salvage(second)];
    expect(dropper.refs).toEqual([{ name: `${refOf(second)}-lost-1`, commit: shared, holds: 'lost-commits' }]);
    for (const { name } of holder.refs) sandbox.git('update-ref', '-d', name);
    expect(commitsOfRefs(sandbox.root).has(shared)).toBe(true);
  });
});

describe('files of any size', () => {
  it('GIT-37 over the limit, sparse ones too, are not read, are named, and keep the worktree', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'small.txt': 'small\n' });
    for (const name of ['hole.bin', 'a.txt']) execFileSync('truncate', ['-s', '1T', join(worktree.path, name)]);
    const startedAt = performance.now();
    const salvage = await sandbox.salvage(worktree);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(changedIn(salvage)).toEqual(['small.txt']);
    expect(salvage.notSaved.map(({ path, code }) => [path, code])).toEqual(
      [
        ['hole.bin', 'too_large'],
        ['a.txt', 'too_large'],
      ].toSorted(),
    );
    expect(salvage.notSaved[0]?.reason).toBe('a file of 1099511627776 bytes; the limit is 1073741824');
    expect(salvage.keepWorktree).toBe(true);
  });

  it('GIT-37 together over the limit are saved from the smallest on', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'a'.repeat(60), 'b.txt': 'b'.repeat(50), 'c.txt': 'c'.repeat(30) });
    const limits = { ...DEFAULT_LIMITS, fileBytes: 100, totalBytes: 100 };
    const salvage = await sandbox.salvage(worktree, { limits });
    expect(changedIn(salvage)).toEqual(['b.txt', 'c.txt']);
    expect(salvage.notSaved).toMatchObject([
      { path: 'a.txt', code: 'too_large', reason: 'changed files are more than 100 bytes together' },
    ]);
  });
});

describe('what provisioning brought', () => {
  it('GIT-40 PROV-10 is in no commit as long as it stays as it is, whatever was touched within one tick', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone.txt': 'gone\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'brought\n', 'b.txt': 'brought\n', 'new.txt': 'new\n', 'also.txt': 'new\n' });
    rmSync(join(worktree.path, 'gone.txt'));
    await noteBrought(sandbox.repository, worktree);
    writeFiles(worktree.path, { 'b.txt': 'changed\n', 'also.txt': 'old\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(changedIn(salvage)).toEqual(['also.txt', 'b.txt']);
    expect(successOf(await sandbox.again(worktree, salvage)).commit).toBeNull();
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('PROV-10 counts as changed after a restart', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'brought\n' });
    await noteBrought(sandbox.repository, worktree);
    expect(changedIn(await (await restarted(sandbox)).salvage(worktree))).toEqual(['a.txt']);
  });
});
