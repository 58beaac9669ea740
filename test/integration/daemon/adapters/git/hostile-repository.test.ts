import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Salvage } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { treeOf } from '../../../../support/git-evidence.ts';
import { PLANTS, type Plant, type PlantScene, plantScene } from '../../../../support/git-plants.ts';
import {
  createPlainRepository,
  type GitSandbox,
  openSandbox,
  PLAIN_GIT_ENV,
  plainGit,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const MADE = {
  'tracked.txt': 'changed $Id$\r\nby hand\n',
  'new.txt': 'new\n',
  'bytes.bin': Buffer.from([0, 255, 13, 10]),
};

/** A repository with two commits and a side branch that conflicts. */
function makeRepository(folder: string): string {
  const root = createPlainRepository(join(folder, 'repo'), { 'tracked.txt': 'first\n', 'removed.txt': 'there\n' });
  plainGit(root, ['checkout', '--quiet', '-b', 'side']);
  writeFiles(root, { 'tracked.txt': 'side\n' });
  plainGit(root, ['commit', '--quiet', '--all', '-m', 'side']);
  plainGit(root, ['checkout', '--quiet', 'main']);
  writeFiles(root, { 'tracked.txt': 'main\n' });
  plainGit(root, ['commit', '--quiet', '--all', '-m', 'second']);
  return root;
}

async function workAndSave(
  sandbox: GitSandbox,
  plantDuring: (place: { readonly worktree: string; readonly adminDir: string }) => void,
): Promise<Salvage> {
  const worktree = await sandbox.create();
  writeFiles(worktree.path, MADE);
  rmSync(join(worktree.path, 'removed.txt'));
  plantDuring({ worktree: worktree.path, adminDir: worktree.adminDir });
  const salvage = await sandbox.salvage(worktree);
  writeFiles(worktree.path, { 'validated.txt': 'validated\n' });
  const further = successOf(await sandbox.again(worktree, salvage));
  expect(further.changedFiles.map(({ path }) => path)).toEqual(['validated.txt']);
  successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage: further }));
  expect(existsSync(worktree.path)).toBe(false);
  expect(existsSync(worktree.adminDir)).toBe(false);
  return salvage;
}

function expectTruth(root: string, salvage: Salvage): void {
  expect(salvage).toMatchObject({ keepWorktree: false, notSaved: [], ignoredCommit: null });
  const paths = salvage.changedFiles.map(({ path }) => path).filter((path) => path !== '.gitattributes');
  expect(paths).toEqual(['bytes.bin', 'new.txt', 'removed.txt', 'tracked.txt']);
  const saved = treeOf(root, salvage.treeCommit ?? '');
  for (const [path, content] of Object.entries(MADE)) {
    const id = execFileSync('git', ['hash-object', '--stdin'], { input: content, env: PLAIN_GIT_ENV })
      .toString()
      .trim();
    expect(saved.get(path)).toBe(`100644 ${id}`);
  }
  const patch = readFileSync(salvage.patchPath ?? '', 'latin1');
  expect(patch).toContain('-main\n+changed $Id$\r\n+by hand\n');
}

/** What of the decoy could change. */
const decoyState = ({ decoy }: PlantScene): string =>
  [
    plainGit(decoy, ['for-each-ref']),
    plainGit(decoy, ['status', '--porcelain']),
    plainGit(decoy, ['worktree', 'list']),
  ].join();

/** Undoes what keeps plain git from looking at the repository. */
function disarm(root: string): void {
  rmSync(join(root, '.git/commondir'), { force: true });
  rmSync(join(root, '.git/info/grafts'), { force: true });
  writeFileSync(join(root, '.git/config'), '[core]\n\trepositoryFormatVersion = 0\n');
  for (const ref of plainGit(root, ['for-each-ref', '--format=%(refname)', 'refs/replace']).split('\n')) {
    if (ref !== '') rmSync(join(root, '.git', ref));
  }
}

describe('a hostile repository', () => {
  it.each(PLANTS.filter(({ when }) => when === 'any'))(
    'GIT-5 GIT-6 planted before an attempt: $name',
    async ({ plant }) => {
      const folder = temporaryFolder();
      const root = makeRepository(folder);
      const scene = plantScene(folder, { root, worktree: null, adminDir: null });
      plant(scene);
      const sandbox = await openSandbox(folder, root);
      const salvage = await workAndSave(sandbox, () => {});
      expect(scene.ran()).toEqual([]);
      disarm(root);
      expectTruth(root, salvage);
      expect(plainGit(root, ['status', '--porcelain'])).toBe('?? .codencer/\n');
    },
  );

  it.each(PLANTS)('GIT-5 GIT-6 GIT-7 planted during an attempt: $name', async ({ plant }) => {
    const folder = temporaryFolder();
    const root = makeRepository(folder);
    const sandbox = await openSandbox(folder, root);
    const scenes: PlantScene[] = [];
    let decoyBefore = '';
    const salvage = await workAndSave(sandbox, (place) => {
      const scene = plantScene(folder, { root, ...place });
      scenes.push(scene);
      decoyBefore = decoyState(scene);
      plant(scene);
    });
    const [scene] = scenes;
    expect(scene?.ran()).toEqual([]);
    expect(scene === undefined ? '' : decoyState(scene)).toBe(decoyBefore);
    disarm(root);
    expectTruth(root, salvage);
  });

  it.each(PLANTS.filter(isProvocable))(
    'does run in plain git, or the test proves nothing: $name',
    ({ plant, provoke }) => {
      const folder = temporaryFolder();
      const root = makeRepository(folder);
      const scene = plantScene(folder, { root, worktree: root, adminDir: null });
      plant(scene);
      writeFiles(root, { 'new.txt': 'new\n' });
      tryPlain(root, provoke);
      expect(scene.ran()).not.toEqual([]);
    },
  );
});

function isProvocable(plant: Plant): plant is Plant & Required<Pick<Plant, 'provoke'>> {
  return plant.provoke !== undefined;
}

function tryPlain(root: string, args: readonly string[]): void {
  try {
    execFileSync('git', args, {
      cwd: root,
      env: PLAIN_GIT_ENV,
      input: 'protocol=https\nhost=example.invalid\n\n',
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 10_000,
    });
  } catch {
    // What matters is what it started, not whether it liked it.
  }
}
