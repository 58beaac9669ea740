import { createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { err, ok, type Result } from '../../contract/result.ts';
import { listTree, openBlob, type TreeFile } from './read-git-tree.ts';

const SYMLINK = '120000';
const SUBMODULE = '160000';
const EXECUTABLE = '100755';

export interface RestoreRequest {
  readonly repoRoot: string;
  readonly commit: string;
  /** A folder that is empty or not there yet. */
  readonly into: string;
}

export interface Restored {
  readonly files: number;
  /** What could not be brought back here, each with its reason. */
  readonly skipped: readonly string[];
}

/**
 * Writes the files of a commit as they were saved, byte for byte. Not a checkout: the commit is the work of a program,
 * and filters and hooks that it may have planted have no part in this.
 */
export async function restoreTree({ repoRoot, commit, into }: RestoreRequest): Promise<Result<Restored, string>> {
  const isFree = await prepareFolder(into);
  if (!isFree) return err(`${into} is not empty`);
  const listed = await listTree(repoRoot, commit);
  if (!listed.ok) return listed;
  // Links last: nothing is ever written through one.
  const files = listed.value.toSorted((one, other) => Number(one.mode === SYMLINK) - Number(other.mode === SYMLINK));
  const skipped: string[] = [];
  for (const file of files) {
    const problem = unsafePart(file) ?? (await restoreFile(repoRoot, { file, into }));
    if (problem !== null) skipped.push(`${JSON.stringify(file.path)}: ${problem}`);
  }
  return ok({ files: files.length - skipped.length, skipped });
}

async function prepareFolder(into: string): Promise<boolean> {
  await mkdir(into, { recursive: true });
  return (await readdir(into)).length === 0;
}

/** git itself never makes such a path, but a tree can be made without git. */
function unsafePart({ path, mode }: TreeFile): string | null {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'its path leads out of the folder';
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'a .git folder is not written';
  return mode === SUBMODULE ? 'a nested repository; if it was saved, its bundle is among the artifacts' : null;
}

interface Placing {
  readonly file: TreeFile;
  readonly into: string;
}

/** Why it could not be written, or null. */
async function restoreFile(repoRoot: string, placing: Placing): Promise<string | null> {
  try {
    return await writeBlob(repoRoot, placing);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function writeBlob(repoRoot: string, { file, into }: Placing): Promise<string | null> {
  const parts = file.path.split('/');
  const folder = await makeFolders(into, parts.slice(0, -1));
  if (folder === null) return 'something that is no folder is in its way';
  const target = Buffer.from(`${folder}/${parts.at(-1)}`, 'latin1');
  const { content, ended } = openBlob(repoRoot, file.blob);
  if (file.mode === SYMLINK) await symlink(await buffer(content), target);
  else await pipeline(content, createWriteStream(target, { flags: 'wx' }));
  if (file.mode === EXECUTABLE) await chmod(target, 0o755);
  return (await ended) ? null : `git could not read ${file.blob}`;
}

async function makeFolders(into: string, parts: readonly string[]): Promise<string | null> {
  let folder = Buffer.from(into).toString('latin1');
  for (const part of parts) {
    folder = join(folder, part);
    const path = Buffer.from(folder, 'latin1');
    await mkdir(path, { recursive: true });
    if (!(await lstat(path)).isDirectory()) return null;
  }
  return folder;
}
