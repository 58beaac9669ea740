import { open, readdir } from 'node:fs/promises';
import { errorCodeOf } from '../error-code.ts';
import type { ObjectFormat } from '../object-format.ts';

/** Folders of a git directory that name no commits, or name those of other repositories. */
const PASSED_BY = new Set(['objects', 'modules', 'worktrees', 'hooks', 'info', 'lfs', 'annex']);
const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * Every object id that stands in the text files of a git directory: HEAD, the reflogs, ORIG_HEAD and its like, the notes
 * of a rebase or a merge under way, the worktree's own refs. Reading all of them spares knowing each file that
 * any version of git may write. Files are read as they are: nothing that they say is followed.
 */
export async function objectIdsIn(gitDir: string, format: ObjectFormat): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const pattern = format === 'sha256' ? /\b[0-9a-f]{64}\b/g : /\b[0-9a-f]{40}\b/g;
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await entriesIn(`${gitDir}/${folder}`)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !PASSED_BY.has(path)) pending.push(path);
      if (!entry.isFile() || isIndex(path)) continue;
      for (const [id] of (await readText(`${gitDir}/${path}`)).matchAll(pattern)) found.add(id);
    }
  }
  return found;
}

const isIndex = (path: string): boolean => /^(index|sharedindex\.)/.test(path);

async function entriesIn(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error))) return [];
    throw error;
  }
}

async function readText(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, LARGEST_BYTES)));
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
