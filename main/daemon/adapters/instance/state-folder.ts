import { chmod, lstat, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { isWithin } from '../files/contained-path.ts';
import { type FileProblem, hasCode, refuseFile, tryFile } from '../files/file-problem.ts';
import { lstatOrNull } from '../files/lstat-or-null.ts';

/** Where everything about a repository's runs is kept. */
export const STATE_FOLDER = '.codencer';

/**
 * Makes `<repo>/.codencer`, for its owner alone and invisible to git, and `rooms`: absolute paths of folders, usually in
 * there. What is there already stays; a room elsewhere keeps the mode that it has.
 */
export async function createStateFolder(
  repoRoot: string,
  rooms: readonly string[] = [],
): Promise<Result<string, FileProblem>> {
  const folder = join(repoRoot, STATE_FOLDER);
  const created = await createPrivateFolder(folder);
  if (!created.ok) return created;
  const ignored = await ignoreFolder(folder);
  if (!ignored.ok) return ignored;
  for (const room of rooms) {
    const made = isWithin(folder, room) ? await createPrivateFolder(room) : await createFolder(room);
    if (!made.ok) return made;
  }
  return ok(folder);
}

const createFolder = (folder: string) =>
  tryFile('create', folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));

/** Makes a folder for its owner alone; one that is there is made so. A link is refused: a repository could have brought it. */
async function createPrivateFolder(folder: string): Promise<Result<string, FileProblem>> {
  const made = await tryFile('create', folder, async () => {
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    return lstat(folder);
  });
  if (!made.ok) return made;
  if (!made.value.isDirectory()) return err(refuseFile('use', folder, 'it is not a folder'));
  if (process.platform === 'win32' || (made.value.mode & 0o777) === 0o700) return ok(folder);
  const closed = await tryFile('close to others', folder, () => chmod(folder, 0o700));
  return closed.ok ? ok(folder) : closed;
}

/** A `.gitignore` that a repository brought is kept and completed. */
async function ignoreFolder(folder: string): Promise<Result<void, FileProblem>> {
  const path = join(folder, '.gitignore');
  const present = await tryFile('read', path, async () => {
    const stats = lstatOrNull(path);
    if (stats === null) return '';
    return stats.isFile() ? await readFile(path, 'utf8') : null;
  });
  if (!present.ok) return present;
  if (present.value === null) return err(refuseFile('use', path, 'it is not a regular file'));
  if (present.value.split(/\r?\n/).includes('*')) return ok(undefined);
  return writeAtomically({ path, data: `*\n${present.value}`, mode: 0o644 });
}
