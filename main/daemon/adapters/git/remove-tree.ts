import { chmodSync, type Dirent, lstatSync, readdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { absoluteOf, type BytePath, joinBytePath, toBytePath } from './byte-path.ts';
import { errorCodeOf } from './error-code.ts';

const SLICE_MS = 5;
const OWNER_ALL = 0o700;

/**
 * Removes a folder and everything in it. Links are removed, never followed; folders that lack write permission get it.
 * Half the time of `fs.rm` and, unlike it, at ease with names that are not UTF-8. What is gone already is no error.
 */
export async function removeTree(root: string): Promise<void> {
  if (!isFolder(root)) return removeFile(root, '');
  try {
    await removeFolder(root);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENAMETOOLONG') throw error;
    rmSync(root, { recursive: true }); // Walks by folder handles, so that no path gets too long.
  }
}

async function removeFolder(root: string): Promise<void> {
  const folders: BytePath[] = [];
  const pending: BytePath[] = [''];
  let sliceStartMs = performance.now();
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    folders.push(folder);
    emptyFolder(root, folder, pending);
    if (performance.now() - sliceStartMs < SLICE_MS) continue;
    await nextTurn();
    sliceStartMs = performance.now();
  }
  for (const folder of folders.reverse()) {
    if (folder === '') rmdirSync(root);
    else withAccess(root, parentOf(folder), () => rmdirSync(absoluteOf(root, folder)));
  }
}

const parentOf = (path: BytePath): BytePath => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function emptyFolder(root: string, folder: BytePath, pending: BytePath[]): void {
  for (const entry of readFolder(root, folder)) {
    const path = joinBytePath(folder, toBytePath(entry.name));
    if (entry.isDirectory()) pending.push(path);
    else removeFile(root, path);
  }
}

const readFolder = (root: string, folder: BytePath): readonly Dirent<Buffer>[] =>
  withAccess(root, folder, () => readdirSync(absoluteOf(root, folder), { withFileTypes: true, encoding: 'buffer' }));

function removeFile(root: string, path: BytePath): void {
  try {
    withAccess(root, parentOf(path), () => unlinkSync(absoluteOf(root, path)));
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
  }
}

/** Tries once more after the owner gave himself every right on the folder. */
function withAccess<T>(root: string, folder: BytePath, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (errorCodeOf(error) !== 'EACCES') throw error;
    chmodSync(absoluteOf(root, folder), OWNER_ALL);
    return action();
  }
}
