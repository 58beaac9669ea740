import { constants, type Stats } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type FileProblem, refuseFile, tryFile } from '../files/file-problem.ts';
import { lstatOrNull } from '../files/lstat-or-null.ts';
import { findSource, type ProvisioningPlaces } from './provisioning-source.ts';

export interface CopyOrder extends ProvisioningPlaces {
  /** Relative to the repository, and to the worktree. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Copies a file or a folder of the repository to the same place in the worktree, modes kept. Links inside of a folder
 * are copied as links. The answer names what cannot be copied: sockets, pipes and devices.
 */
export async function copyTree(order: CopyOrder): Promise<Result<readonly string[], FileProblem>> {
  const found = await findSource(order, order.path);
  if (!found.ok) return found;
  const { source, folder, name } = found.value;
  const left: string[] = [];
  const copied = await tryFile('copy', order.path, async () => {
    await mkdir(folder, { recursive: true });
    return copyEntry({ source, target: join(folder, name), left, signal: order.signal });
  });
  if (!copied.ok) return copied;
  return copied.value === null ? ok(left) : err(refuseFile('copy', order.path, copied.value));
}

interface EntryCopy {
  readonly source: string;
  readonly target: string;
  /** Collects what was left out. */
  readonly left: string[];
  readonly signal: AbortSignal;
}

/** The answer says why it cannot be done; null when it is done. */
async function copyEntry(copy: EntryCopy): Promise<string | null> {
  if (copy.signal.aborted) return 'it was stopped';
  const stats = await lstat(copy.source);
  if (stats.isDirectory()) return copyFolder(copy, stats);
  if (!stats.isFile() && !stats.isSymbolicLink()) {
    copy.left.push(copy.source);
    return null;
  }
  const present = lstatOrNull(copy.target);
  if (present?.isDirectory() === true)
    return `a folder is in its place in the worktree: ${JSON.stringify(copy.target)}`;
  await rm(copy.target, { force: true });
  if (stats.isSymbolicLink()) await symlink(await readlink(copy.source), copy.target);
  else await copyPlainFile(copy, stats);
  return null;
}

async function copyPlainFile({ source, target }: EntryCopy, { mode }: Stats): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(target, mode & 0o777);
}

/** A link where the folder goes could lead anywhere, so it is in the way. */
async function copyFolder(copy: EntryCopy, { mode }: Stats): Promise<string | null> {
  const present = lstatOrNull(copy.target);
  if (present === null) await mkdir(copy.target, { mode: 0o700 });
  else if (!present.isDirectory())
    return `something else is in its place in the worktree: ${JSON.stringify(copy.target)}`;
  for (const name of await readdir(copy.source, { encoding: 'buffer' })) {
    const text = name.toString('utf8');
    if (!Buffer.from(text).equals(name)) return `a name in ${JSON.stringify(copy.source)} is not UTF-8`;
    const problem = await copyEntry({ ...copy, source: join(copy.source, text), target: join(copy.target, text) });
    if (problem !== null) return problem;
  }
  await chmod(copy.target, mode & 0o777);
  return null;
}
