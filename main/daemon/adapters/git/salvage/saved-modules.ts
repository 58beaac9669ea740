import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BytePath } from '../byte-path.ts';
import { errorCodeOf } from '../error-code.ts';
import type { Worktree } from '../worktree-record.ts';
import { openGitDirectory } from './git-directory.ts';
import { saveRepository } from './nested-repository.ts';
import type { NestedPlan } from './nested-room.ts';
import { mergeNested, type NestedWork, NO_NESTED, nestedNotSaved } from './nested-work.ts';

/**
 * Saves the repositories of submodules whose files are not there (any more). Git keeps them in the worktree's part of the
 * git directory, and they go with it. Those whose files are there are saved with them.
 */
export async function saveModules(plan: NestedPlan, worktree: Worktree, nested: NestedWork): Promise<NestedWork> {
  let all = nested;
  for (const name of await modulesIn(join(worktree.adminDir, 'modules'), '')) {
    const gitDir = join(worktree.adminDir, 'modules', name);
    if (!nested.gitDirs.has(gitDir)) all = mergeNested(all, await saveModule(plan, gitDir, `.git/modules/${name}`));
  }
  return all;
}

async function saveModule(plan: NestedPlan, gitDir: string, path: BytePath): Promise<NestedWork> {
  const roomsDir = join(plan.repository.privateDir, 'rooms');
  const dir = await openGitDirectory(roomsDir, { files: null, gitDir: Buffer.from(gitDir) });
  if (dir === null) return NO_NESTED;
  const saveInner = () => Promise.resolve(NO_NESTED);
  const saved = await saveRepository(plan, { path, recorded: null, dir, saveInner });
  if (!saved.ok) return nestedNotSaved(path, saved.error.message);
  const { head: _head, ...work } = saved.value;
  return { ...work, heads: new Map() };
}

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
