import { lstat, mkdir, readlink, rmdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type FileProblem, hasCode, refuseFile, tryFile } from '../files/file-problem.ts';
import { findSource, type ProvisioningPlaces } from './provisioning-source.ts';

export interface LinkOrder extends ProvisioningPlaces {
  /** Relative to the repository, and to the worktree. */
  readonly path: string;
}

/** Puts a link into the worktree that leads to the same place of the repository. What the commit brought there stays. */
export async function linkPath(order: LinkOrder): Promise<Result<void, FileProblem>> {
  const found = await findSource(order, order.path);
  if (!found.ok) return found;
  const { source, folder, name } = found.value;
  const linked = await tryFile('link', order.path, async () => {
    await mkdir(folder, { recursive: true });
    return putLink(join(folder, name), source);
  });
  if (!linked.ok) return linked;
  return linked.value === null ? ok(undefined) : err(refuseFile('link', order.path, linked.value));
}

/** The answer says what is in the way; null when the link is there. */
async function putLink(place: string, target: string): Promise<string | null> {
  if (await clearEmptyFolder(place)) {
    // Windows needs no privilege for a junction; other systems do not look at the kind.
    await symlink(target, place, (await stat(target)).isDirectory() ? 'junction' : 'file');
    return null;
  }
  const isOurs = (await lstat(place)).isSymbolicLink() && (await readlink(place)) === target;
  return isOurs ? null : 'something is in its place in the worktree already';
}

/** Whether the place is free now: nothing was there, or an empty folder, which git knows nothing about. */
async function clearEmptyFolder(place: string): Promise<boolean> {
  try {
    await rmdir(place);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    if (hasCode(error, 'ENOTDIR', 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}
