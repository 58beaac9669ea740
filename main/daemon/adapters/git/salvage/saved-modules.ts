import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../error-code.ts';
import type { Worktree } from '../worktree-record.ts';
import { openGitDirectory } from './git-directory.ts';
import { merge, type NestedWork, saveAndDispose } from './nested-repositories.ts';
import type { NestedPlan } from './nested-room.ts';

/**
 * The repositories of submodules whose files are not there (any more). Git keeps them in the worktree's part of the git
 * directory, and they go with it. Those whose files are there are saved with them.
 */
export async function saveModules(plan: NestedPlan, worktree: Worktree, nested: NestedWork): Promise<NestedWork> {
  let all = nested;
  for (const name of await modulesIn(join(worktree.adminDir, 'modules'), '')) {
    const gitDir = join(worktree.adminDir, 'modules', name);
    if (nested.gitDirs.has(gitDir)) continue;
    const path = `.git/modules/${name}`;
    const dir = await openGitDirectory(join(plan.repository.privateDir, 'rooms'), {
      files: null,
      gitDir: Buffer.from(gitDir),
    });
    if (dir === null) continue;
    const saved = await saveAndDispose(plan, dir, { path, recorded: null });
    const { head: _head, ...work } = saved.ok ? saved.value : { head: null, ...unsaved(path, saved.error.message) };
    all = merge(all, { ...work, heads: new Map(), gitDirs: new Set() });
  }
  return all;
}

const unsaved = (path: string, why: string): Omit<NestedWork, 'heads' | 'gitDirs'> => ({
  bundles: [],
  unpinned: [],
  innerWorktrees: [],
  cachesListed: [],
  notSaved: [{ path, code: 'nested_repository', reason: `a submodule's repository: ${why}`, keepsWorktree: true }],
});

/** A submodule's name may have slashes in it. */
async function modulesIn(parent: string, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await foldersIn(join(parent, prefix))) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const inside = await namesIn(join(parent, path));
    if (inside.includes('HEAD') && inside.includes('objects')) found.push(path);
    else found.push(...(await modulesIn(parent, path)));
  }
  return found;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  return (await readEntries(folder)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readEntries(folder)).map(({ name }) => name);

async function readEntries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error))) return [];
    throw error;
  }
}
