import { join } from 'node:path';
import type { BytePath } from '../byte-path.ts';
import { GITLINK_MODE } from '../index-file.ts';
import { findGitDirectory } from './git-directory.ts';
import { joinPaths, type NestedPlace } from './nested-files.ts';
import { saveRepository } from './nested-repository.ts';
import type { NestedPlan } from './nested-room.ts';
import { mergeNested, type NestedWork, NO_NESTED, nestedNotSaved } from './nested-work.ts';

/**
 * Saves every repository below a folder, each with all its refs, with commits that only its reflogs know, and with what
 * was not committed. One that cannot be saved is named in the outcome and keeps the worktree.
 */
export async function saveNested(plan: NestedPlan, place: NestedPlace): Promise<NestedWork> {
  let all = NO_NESTED;
  for (const folder of place.folders) all = mergeNested(all, await saveFolder(plan, place, folder));
  return all;
}

async function saveFolder(plan: NestedPlan, place: NestedPlace, folder: BytePath): Promise<NestedWork> {
  const path = joinPaths(place.prefix, folder);
  const dir = await findGitDirectory(join(plan.repository.privateDir, 'rooms'), { root: place.root, folder });
  if (dir === null) return nestedNotSaved(path, 'it has a .git that is no repository git can read');
  const recorded = recordedCommit(place, folder);
  const saveInner = (inner: NestedPlace): Promise<NestedWork> => saveNested(plan, inner);
  const saved = await saveRepository(plan, { path, recorded, dir, saveInner });
  if (!saved.ok) return nestedNotSaved(path, saved.error.message);
  const { head, ...work } = saved.value;
  return { ...work, heads: new Map(head === null ? [] : [[folder, head]]) };
}

function recordedCommit({ index }: NestedPlace, folder: BytePath): string | null {
  const entry = index.entries.get(folder);
  return entry?.stamp.mode === GITLINK_MODE ? entry.objectId : null;
}
