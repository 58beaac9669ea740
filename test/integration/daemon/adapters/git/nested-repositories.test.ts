import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Salvage } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { commitsOfRefs, openBundle, snapshotOf, treeOf } from '../../../../support/git-evidence.ts';
import { PLANTS, type PlantScene, plantScene } from '../../../../support/git-plants.ts';
import {
  createPlainRepository,
  type GitSandbox,
  gitSandbox,
  openSandbox,
  plainGit,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const opened = (sandbox: GitSandbox, salvage: Salvage, path: string) => {
  const bundle = salvage.bundles.find((candidate) => candidate.path === path);
  if (bundle === undefined) throw new Error(`no bundle of ${path}: ${JSON.stringify(salvage)}`);
  return { folder: openBundle(bundle, join(sandbox.folder, 'opened')), start: bundle.start ?? '' };
};

const head = (folder: string): string => plainGit(folder, ['rev-parse', 'HEAD']).trim();

async function sandboxWithSubmodule(): Promise<GitSandbox> {
  const folder = temporaryFolder();
  createPlainRepository(join(folder, 'source'), { 'theirs.txt': 'theirs\n' });
  const root = createPlainRepository(join(folder, 'repo'), { 'a.txt': 'a\n' });
  plainGit(root, ['submodule', '--quiet', 'add', join(folder, 'source'), 'sub']);
  plainGit(root, ['commit', '--quiet', '--all', '-m', 'submodule']);
  return openSandbox(folder, root);
}

describe('a repository below the worktree', () => {
  it('GIT-27 is a bundle with its refs, lost commits, stashes, staged content and uncommitted work', async () => {
    const sandbox = await gitSandbox({ 'README.md': 'x\n' });
    const worktree = await sandbox.create();
    const nested = createPlainRepository(join(worktree.path, 'vendor/lib'), {
      'a.txt': 'a\n',
      '.gitignore': '*.log\n',
    });
    plainGit(nested, ['tag', '-a', '-m', 'v1', 'v1']);
    plainGit(nested, ['checkout', '--quiet', '-b', 'topic']);
    writeFiles(nested, { 'b.txt': 'b\n' });
    plainGit(nested, ['add', '--all']);
    plainGit(nested, ['commit', '--quiet', '-m', 'dropped']);
    const dropped = head(nested);
    plainGit(nested, ['reset', '--quiet', '--hard', 'HEAD~1']);
    for (const stash of ['first', 'second']) {
      writeFiles(nested, { 'a.txt': `${stash} stash\n` });
      plainGit(nested, ['stash', 'push', '--quiet']);
    }
    writeFiles(nested, { 'staged.txt': 'staged only\n' });
    plainGit(nested, ['add', 'staged.txt']);
    writeFiles(nested, {
      'staged.txt': 'on disk\n',
      'untracked.txt': 'u\n',
      'x.log': 'ignored\n',
      'node_modules/m': '1',
    });
    const files = snapshotOf(nested);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ treeCommit: null, changedFiles: [], keepWorktree: false, notSaved: [] });
    const { folder, start } = opened(sandbox, salvage, 'vendor/lib');
    expect([...treeOf(folder, start)].sort()).toEqual([...files].sort());
    expect(
      plainGit(folder, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags', 'refs/stash'])
        .trim()
        .split('\n'),
    ).toEqual(['refs/heads/main', 'refs/heads/topic', 'refs/stash', 'refs/tags/v1']);
    const kept = commitsOfRefs(folder);
    expect(kept.has(dropped)).toBe(true);
    const contents = [...kept].flatMap((commit) => [...treeOf(folder, commit).values()]);
    const texts = new Set(contents.map((state) => plainGit(folder, ['cat-file', 'blob', state.split(' ')[1] ?? ''])));
    for (const text of ['first stash\n', 'second stash\n', 'staged only\n', 'on disk\n'])
      expect(texts.has(text)).toBe(true);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it.each([
    ['without a commit', () => {}],
    ['without a commit and with staged content', (nested: string) => plainGit(nested, ['add', '--all'])],
  ])('GIT-27 %s is a bundle of its files', async (_what, prepare) => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const nested = join(worktree.path, 'fresh');
    writeFiles(nested, { 'a.txt': 'a\n', 'dir/b.txt': 'b\n' });
    plainGit(nested, ['init', '--quiet']);
    prepare(nested);
    const salvage = await sandbox.salvage(worktree);
    const { folder, start } = opened(sandbox, salvage, 'fresh');
    expect([...treeOf(folder, start).keys()]).toEqual(['a.txt', 'dir/b.txt']);
  });

  it('GIT-27 in another that records it is a bundle too: nobody else need have it', async () => {
    const sandbox = await sandboxWithSubmodule();
    const worktree = await sandbox.create();
    const outer = createPlainRepository(join(worktree.path, 'outer'), { 'o.txt': 'o\n' });
    plainGit(outer, ['clone', '--quiet', join(sandbox.folder, 'source'), 'inner']);
    plainGit(outer, ['add', '--all']);
    plainGit(outer, ['commit', '--quiet', '-m', 'with a clone in it']);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.bundles.map(({ path }) => path).sort()).toEqual(['outer', 'outer/inner']);
    const inner = opened(sandbox, salvage, 'outer/inner');
    expect([...treeOf(inner.folder, 'refs/heads/main').keys()]).toEqual(['theirs.txt']);
  });

  it('GIT-27 that is empty is nothing', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['init', '--quiet', 'empty']);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage).toMatchObject({ bundles: [], notSaved: [], keepWorktree: false });
  });

  it('GIT-27 in an ignored folder, in another one, under an odd name, or shallow is a bundle too', async () => {
    const sandbox = await gitSandbox({ '.gitignore': 'build/\nnode_modules/\n' });
    const source = createPlainRepository(join(sandbox.folder, 'source'), { 'theirs.txt': '1\n' });
    plainGit(source, ['commit', '--quiet', '--allow-empty', '-m', 'second']);
    const worktree = await sandbox.create();
    createPlainRepository(join(worktree.path, 'build/inner'), { 'i.txt': 'i\n' });
    createPlainRepository(join(worktree.path, 'outer'), { 'o.txt': 'o\n' });
    createPlainRepository(join(worktree.path, 'outer/deeper'), { 'd.txt': 'd\n' });
    createPlainRepository(join(worktree.path, 'node_modules/cache'), { 'c.txt': 'c\n' });
    plainGit(worktree.path, ['clone', '--quiet', '--depth', '1', `file://${source}`, 'shallow']);
    writeFiles(worktree.path, { 'shallow/mine.txt': 'mine\n' });
    createPlainRepository(join(sandbox.folder, 'odd'), { 'x.txt': 'x\n' });
    mkdirSync(join(worktree.path, 'odd'));
    renameSync(join(sandbox.folder, 'odd'), Buffer.from(`${worktree.path}/odd/\xff"\n`, 'latin1'));
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.bundles.map(({ path }) => path).sort()).toEqual([
      '"odd/\\377\\"\\012"',
      'build/inner',
      'outer',
      'outer/deeper',
      'shallow',
    ]);
    for (const { path } of salvage.bundles) {
      const { folder, start } = opened(sandbox, salvage, path);
      expect(treeOf(folder, start).size).toBeGreaterThan(0);
    }
    const shallow = opened(sandbox, salvage, 'shallow');
    expect([...treeOf(shallow.folder, shallow.start).keys()]).toEqual(['mine.txt', 'theirs.txt']);
    expect(salvage.keepWorktree).toBe(false);
    expect(salvage.cachesListed.map(({ path }) => path)).toEqual(['node_modules']);
  });

  it('GIT-27 around tracked files leaves these in the diff', async () => {
    const sandbox = await gitSandbox({ 'lib/tracked.txt': 'tracked\n' });
    const worktree = await sandbox.create();
    plainGit(join(worktree.path, 'lib'), ['init', '--quiet']);
    writeFiles(worktree.path, { 'lib/tracked.txt': 'changed\n', 'lib/new.txt': 'new\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['lib/new.txt', 'lib/tracked.txt']);
    expect(salvage.bundles.map(({ path }) => path)).toEqual(['lib']);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it("GIT-27 that took the place of the worktree's own .git is a bundle", async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    rmSync(join(worktree.path, '.git'));
    plainGit(worktree.path, ['init', '--quiet']);
    writeFiles(worktree.path, { 'b.txt': 'b\n' });
    plainGit(worktree.path, ['add', '--all']);
    plainGit(worktree.path, ['commit', '--quiet', '-m', 'in the new one']);
    const mine = head(worktree.path);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['b.txt']);
    expect(commitsOfRefs(opened(sandbox, salvage, '.').folder).has(mine)).toBe(true);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(existsSync(worktree.path)).toBe(false);
  });

  it('GIT-27 that is a further worktree of the same repository gets refs', async () => {
    const sandbox = await gitSandbox({ 'a.txt': 'a\n' });
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['worktree', 'add', '--quiet', '--detach', 'further']);
    const further = join(worktree.path, 'further');
    writeFiles(further, { 'b.txt': 'b\n' });
    plainGit(further, ['add', '--all']);
    plainGit(further, ['commit', '--quiet', '-m', 'there']);
    const there = head(further);
    writeFiles(further, { 'c.txt': 'c\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.bundles).toEqual([]);
    const [inner] = salvage.innerWorktrees;
    expect(inner?.path).toBe('further');
    expect([...treeOf(sandbox.root, inner?.commit ?? '').keys()]).toEqual(['a.txt', 'b.txt', 'c.txt']);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
    expect(commitsOfRefs(sandbox.root).has(there)).toBe(true);
    expect(commitsOfRefs(sandbox.root).has(inner?.commit ?? '')).toBe(true);
  });

  it.each([
    ['an empty folder .git', (folder: string) => mkdirSync(join(folder, '.git'))],
    ['a .git file that leads nowhere', (folder: string) => writeFileSync(join(folder, '.git'), 'gitdir: /nowhere\n')],
    ['a .git file of anything', (folder: string) => writeFileSync(join(folder, '.git'), 'anything')],
    [
      'objects missing',
      (folder: string) => {
        createPlainRepository(folder, { x: 'x' });
        rmSync(join(folder, '.git/objects'), { recursive: true });
        mkdirSync(join(folder, '.git/objects'));
      },
    ],
  ])('GIT-28 with %s is named and keeps the worktree', async (_what, make) => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'odd/file.txt': 'f\n', 'other.txt': 'o\n' });
    make(join(worktree.path, 'odd'));
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.notSaved.map(({ path, code }) => [path, code])).toEqual([['odd', 'nested_repository']]);
    expect(salvage.keepWorktree).toBe(true);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['other.txt']);
  });

  it('GIT-28 with an ignored file over the limit keeps the worktree', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const nested = createPlainRepository(join(worktree.path, 'nested'), { '.gitignore': '*.big\n' });
    writeFiles(nested, { 'x.big': 'x'.repeat(2000) });
    const salvage = await sandbox.salvage(worktree, {
      limits: { ...DEFAULT_LIMITS, cacheNames: [], ignoredFileBytes: 1000, ignoredTotalBytes: 5000 },
    });
    expect(salvage.notSaved.map(({ path, code }) => [path, code])).toEqual([['nested/x.big', 'over_file_limit']]);
    expect(salvage.keepWorktree).toBe(true);
  });

  it('GIT-5 GIT-6 runs nothing that is planted in it', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const scenes: PlantScene[] = [];
    const usable = PLANTS.filter(({ when }) => when === 'any');
    for (const [index, { plant }] of usable.entries()) {
      const root = createPlainRepository(join(worktree.path, `nested-${index}`), { 'tracked.txt': 'x\n' });
      writeFiles(root, { 'tracked.txt': 'changed\n' });
      const scene = plantScene(join(sandbox.folder, 'plants'), { root, worktree: root, adminDir: null });
      plant(scene);
      scenes.push(scene);
    }
    const redirected = createPlainRepository(join(worktree.path, 'redirected'), { 'tracked.txt': 'x\n' });
    writeFileSync(join(redirected, '.git/commondir'), `${scenes[0]?.decoy}/.git\n`);
    const salvage = await sandbox.salvage(worktree);
    expect(scenes[0]?.ran()).toEqual([]);
    expect(salvage.bundles.filter(({ path }) => path.startsWith('nested-'))).toHaveLength(usable.length);
    for (const { path } of salvage.bundles.filter((bundle) => bundle.path !== 'redirected').slice(0, 3)) {
      const { folder, start } = opened(sandbox, salvage, path);
      expect(plainGit(folder, ['cat-file', 'blob', `${start}:tracked.txt`])).toBe('changed\n');
    }
  });
});

describe('a submodule', () => {
  it('GIT-27 that was not filled, or filled and left alone, is no change', async () => {
    const sandbox = await sandboxWithSubmodule();
    const worktree = await sandbox.create('empty');
    expect(await sandbox.salvage(worktree)).toMatchObject({ treeCommit: null, bundles: [], keepWorktree: false });
    const filled = await sandbox.create('filled');
    plainGit(filled.path, ['submodule', '--quiet', 'update', '--init']);
    const salvage = await sandbox.salvage(filled);
    expect(salvage).toMatchObject({ treeCommit: null, bundles: [], keepWorktree: false });
    successOf(await sandbox.remove(filled, { kind: 'salvaged', salvage }));
  });

  it('GIT-27 that moved is a bundle, and its new commit is in the tree', async () => {
    const sandbox = await sandboxWithSubmodule();
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['submodule', '--quiet', 'update', '--init']);
    const sub = join(worktree.path, 'sub');
    writeFiles(sub, { 'mine.txt': 'mine\n' });
    plainGit(sub, ['add', '--all']);
    plainGit(sub, ['commit', '--quiet', '-m', 'mine']);
    writeFiles(sub, { 'dirty.txt': 'dirty\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles).toMatchObject([
      { path: 'sub', status: 'modified', newMode: '160000', sizeBytes: null },
    ]);
    expect(sandbox.git('rev-parse', `${salvage.treeCommit}:sub`).trim()).toBe(head(sub));
    const { folder, start } = opened(sandbox, salvage, 'sub');
    expect([...treeOf(folder, start).keys()]).toEqual(['dirty.txt', 'mine.txt', 'theirs.txt']);
    expect(salvage.bundles).toHaveLength(1);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-27 whose files are gone keeps its commits in a bundle', async () => {
    const sandbox = await sandboxWithSubmodule();
    const worktree = await sandbox.create();
    plainGit(worktree.path, ['submodule', '--quiet', 'update', '--init']);
    const sub = join(worktree.path, 'sub');
    plainGit(sub, ['commit', '--quiet', '--allow-empty', '-m', 'mine']);
    const mine = head(sub);
    plainGit(worktree.path, ['submodule', '--quiet', 'deinit', '--force', 'sub']);
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.bundles.map(({ path }) => path)).toEqual(['.git/modules/sub']);
    expect(commitsOfRefs(opened(sandbox, salvage, '.git/modules/sub').folder).has(mine)).toBe(true);
  });

  it('GIT-27 that was removed, or replaced by files, is a change like any other', async () => {
    const sandbox = await sandboxWithSubmodule();
    const worktree = await sandbox.create('gone');
    rmSync(join(worktree.path, 'sub'), { recursive: true });
    expect((await sandbox.salvage(worktree)).changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'deleted sub',
    ]);
    const replaced = await sandbox.create('replaced');
    cpSync(join(sandbox.folder, 'source/theirs.txt'), join(replaced.path, 'sub/theirs.txt'));
    const salvage = await sandbox.salvage(replaced);
    expect(salvage.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'deleted sub',
      'added sub/theirs.txt',
    ]);
  });
});

describe('looking again', () => {
  it('GIT-32 a repository that stayed as it was is not bundled twice; one that changed is', async () => {
    const sandbox = await gitSandbox();
    const worktree = await sandbox.create();
    const nested = createPlainRepository(join(worktree.path, 'nested'), { 'a.txt': 'a\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.bundles).toHaveLength(1);
    expect(successOf(await sandbox.again(worktree, salvage)).bundles).toEqual([]);
    writeFiles(nested, { 'a.txt': 'changed\n' });
    const { bundles } = successOf(await sandbox.again(worktree, salvage));
    expect(bundles).toHaveLength(1);
    expect(existsSync(salvage.bundles[0]?.file ?? '')).toBe(true);
  });
});
