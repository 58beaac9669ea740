import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOfText } from '../../../../../main/daemon/adapters/git/path-text.ts';
import { DEFAULT_LIMITS, type Salvage } from '../../../../../main/daemon/adapters/git/salvage/salvage-result.ts';
import type { Worktree } from '../../../../../main/daemon/adapters/git/worktree-record.ts';
import { type AgentAction, actAs, agentAction } from '../../../../support/git-agent.ts';
import {
  commitsNamedIn,
  commitsOfRefs,
  openBundle,
  savedFiles,
  snapshotOf,
  treeOf,
} from '../../../../support/git-evidence.ts';
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

/** More runs find more: 60 unless told, and then as long as they take. */
const ASKED_RUNS = process.env['CODENCER_TEST_SALVAGE_RUNS'];
const RUNS = Number(ASKED_RUNS ?? 60);
const RUNS_LIMIT_MS = ASKED_RUNS === undefined ? 40_000 : 3_600_000;
/** The same plans at every run; another seed explores. */
const SEED = Number(process.env['CODENCER_TEST_SALVAGE_SEED'] ?? 11);
const BASE = {
  'a.txt': 'one\n',
  'dir/c.txt': 'c\n',
  'dir/d.bin': Buffer.from([0, 1, 2, 255]),
  'lib/module.js': 'module\n',
  'same.txt': 'same\n',
  '.gitignore': '*.log\nbuild/\nnode_modules/\n',
};

/**
 * Every plan is in the set: an agent may do whatever these actions do, in any order, and nothing of it is filtered out. Two
 * things make that true. Its git has the ceilings that executors get, so that one that dropped its `.git` does not go on in
 * the repository, whose content is none of the worktree's. And what counts as lost is what the worktree knew when the
 * agent ended: commits and content that its own git dropped before (`gc --prune=now`), or that it never wrote because
 * they are built in, are no loss of ours.
 */
describe('every byte', () => {
  it('GIT-30 of whatever an agent did is in a ref, a bundle or the kept worktree, and every commit has a ref', {
    timeout: 600_000,
  }, async () => {
    const folder = temporaryFolder();
    const template = makeTemplate(folder);
    await fc.assert(
      fc.asyncProperty(fc.array(agentAction, { minLength: 1, maxLength: 16, size: 'max' }), (actions) =>
        inCopyOf(template, (copy) => live(copy, actions)),
      ),
      {
        numRuns: RUNS,
        seed: SEED,
        endOnFailure: process.env['CODENCER_TEST_NO_SHRINK'] === '1',
        interruptAfterTimeLimit: RUNS_LIMIT_MS,
      },
    );
  });
});

interface Template {
  readonly folder: string;
}

function makeTemplate(folder: string): Template {
  createPlainRepository(join(folder, 'source'), { 'theirs.txt': 'theirs\n' });
  plainGit(join(folder, 'source'), ['commit', '--quiet', '--allow-empty', '-m', 'second']);
  const root = createPlainRepository(join(folder, 'repo'), BASE);
  // As the daemon makes it: the repository's git must not see our folder.
  writeFiles(root, { '.codencer/.gitignore': '*\n' });
  plainGit(root, ['submodule', '--quiet', 'add', join(folder, 'source'), 'sub']);
  plainGit(root, ['commit', '--quiet', '--all', '-m', 'with a submodule']);
  return { folder };
}

async function inCopyOf({ folder: template }: Template, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-test-')));
  try {
    cpSync(template, folder, { recursive: true });
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LIMITS = {
  ...DEFAULT_LIMITS,
  cacheNames: ['node_modules', 'target'],
  ignoredFileBytes: 50_000,
  ignoredTotalBytes: 200_000,
};

async function live(folder: string, actions: readonly AgentAction[]): Promise<void> {
  const sandbox = await openSandbox(folder, join(folder, 'repo'));
  const worktree = await sandbox.create();
  for (const action of actions) actAs(worktree.path, join(folder, 'source'), action);
  const before = existsSync(worktree.path) ? snapshotOf(worktree.path) : new Map<string, string>();
  const named = commitsNamed(sandbox, worktree);
  const staged = stagedIn(sandbox, worktree);
  const nested = nestedCommits(worktree);
  const salvage = await sandbox.salvage(worktree, { limits: LIMITS });
  expectFilesSaved(sandbox, worktree, { before, salvage });
  const again = await sandbox.salvage(worktree, { limits: LIMITS });
  expect(again).toEqual(salvage);
  expectNestedSaved(sandbox, salvage, nested);
  expectPatchApplies(sandbox, salvage);
  if (salvage.keepWorktree) {
    expect(await sandbox.remove(worktree, { kind: 'salvaged', salvage })).toMatchObject({ ok: false });
    expect(existsSync(worktree.path)).toBe(true);
    return;
  }
  successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  expect(existsSync(worktree.path)).toBe(false);
  expect(existsSync(worktree.adminDir)).toBe(false);
  const reachable = commitsOfRefs(sandbox.root);
  expect(named.filter((commit) => !reachable.has(commit))).toEqual([]);
  const objects = new Set(
    plainGit(sandbox.root, ['rev-list', '--objects', '--all', '--single-worktree', '--no-object-names']).split('\n'),
  );
  expect(staged.filter((blob) => !objects.has(blob))).toEqual([]);
  expect(missingObjects(sandbox)).toEqual([]);
}

/** What git knows by heart and need not write: `git commit` of an index that was emptied leaves no object of it. */
const BUILT_IN = ['4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'];

/** What refs reach and the object store lacks, as git sees it. */
function missingObjects({ root }: GitSandbox): readonly string[] {
  const { status, stdout, stderr } = spawnSync('git', ['fsck', '--connectivity-only', '--no-dangling'], {
    cwd: root,
    env: PLAIN_GIT_ENV,
    encoding: 'utf8',
  });
  if (status === 0) return [];
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  return lines.filter((line) => !BUILT_IN.some((id) => line === `missing tree ${id}` || line === `missing blob ${id}`));
}

const commitsNamed = ({ root }: GitSandbox, { adminDir }: Worktree): readonly string[] =>
  commitsNamedIn(
    root,
    [
      'HEAD',
      'ORIG_HEAD',
      'MERGE_HEAD',
      'CHERRY_PICK_HEAD',
      'REBASE_HEAD',
      'logs/HEAD',
      'refs/worktree/mine',
      'rebase-merge/orig-head',
    ].map((name) => join(adminDir, name)),
  );

/** Content of the agent's index that the object store has. */
function stagedIn({ root }: GitSandbox, { adminDir }: Worktree): readonly string[] {
  if (!existsSync(join(adminDir, 'index'))) return [];
  const env = { ...PLAIN_GIT_ENV, GIT_INDEX_FILE: join(adminDir, 'index') };
  const lines = plainGit(root, ['ls-files', '--stage'], { env }).split('\n').slice(0, -1);
  return lines.filter((line) => !line.startsWith('160000')).map((line) => line.split(' ')[1] ?? '');
}

/** Commits that repositories below the worktree know, by the folder of each. */
function nestedCommits({ path }: Worktree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const folder of ['nested', 'nested/deeper', 'lib', 'build/inner', 'sub']) {
    if (!existsSync(join(path, folder, '.git'))) continue;
    const commits =
      tryPlain(join(path, folder), ['rev-list', '--all', '--reflog', 'HEAD']) ??
      tryPlain(join(path, folder), ['rev-list', '--all', '--reflog']);
    found.set(
      folder,
      (commits ?? '').split('\n').filter((line) => line !== ''),
    );
  }
  return found;
}

function tryPlain(cwd: string, args: readonly string[]): string | null {
  try {
    return plainGit(cwd, args);
  } catch {
    return null; // An agent's repository may be broken, or have no commit.
  }
}

function expectNestedSaved(
  { folder }: GitSandbox,
  salvage: Salvage,
  nested: ReadonlyMap<string, readonly string[]>,
): void {
  for (const bundle of salvage.bundles) {
    const kept = commitsOfRefs(openBundle(bundle, join(folder, 'bundles')));
    expect((nested.get(bundle.path) ?? []).filter((commit) => !kept.has(commit))).toEqual([]);
  }
}

function expectFilesSaved(
  { root, folder }: GitSandbox,
  worktree: Worktree,
  { before, salvage }: { readonly before: ReadonlyMap<string, string>; readonly salvage: Salvage },
): void {
  const saved = new Map([...untouchedSubmodule(folder), ...savedFiles(root, salvage, join(folder, 'bundles'))]);
  const passed = salvage.cachesListed.map(({ path }) => `${pathOfText(path)}/`);
  const missing = [...before].filter(
    ([path, state]) => saved.get(path) !== state && !passed.some((cache) => path.startsWith(cache)),
  );
  const unsaved = missing.filter(
    ([path]) => !salvage.notSaved.some((entry) => entry.keepsWorktree && covers(entry.path, path)),
  );
  expect(unsaved, JSON.stringify(salvage, null, 1)).toEqual([]);
  if (missing.length > 0) {
    expect(salvage.keepWorktree).toBe(true);
    const after = snapshotOf(worktree.path);
    expect(missing.filter(([path, state]) => after.get(path) !== state)).toEqual([]);
  }
  for (const { path } of salvage.cachesListed) expect(path).toMatch(/(^|\/)(node_modules|target)$/);
}

/** A submodule at its recorded commit has nothing that is not where it came from. */
const untouchedSubmodule = (folder: string): ReadonlyMap<string, string> =>
  new Map([...treeOf(join(folder, 'source'), 'HEAD')].map(([path, state]) => [`sub/${path}`, state]));

const covers = (entry: string, path: string): boolean => {
  const covered = entry === '.' ? '' : pathOfText(entry);
  return covered === '' || path === covered || path.startsWith(`${covered}/`);
};

/** On the base the patch makes the very tree that was saved. */
function expectPatchApplies({ root, folder }: GitSandbox, { base, treeCommit, patchPath }: Salvage): void {
  if (patchPath === null || treeCommit === null) return;
  const clone = join(folder, 'apply');
  plainGit(root, ['worktree', 'add', '--quiet', '--detach', clone, base]);
  plainGit(clone, ['apply', '--index', '--whitespace=nowarn', patchPath]);
  const tree = plainGit(clone, ['write-tree']).trim();
  expect([...treeOf(root, tree)]).toEqual([...treeOf(root, treeCommit)]);
  plainGit(root, ['worktree', 'remove', '--force', '--force', clone]);
}
