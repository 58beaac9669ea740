import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where a program is: an absolute path as it is, a name in the folders of `searched`, as `PATH` lists them. */
export async function findProgram(name: string, searched: string): Promise<string | null> {
  for (const path of candidates(name, searched)) if (await isProgram(path)) return path;
  return null;
}

/** A path that is not absolute would depend on who asks, and is none. */
function candidates(name: string, searched: string): readonly string[] {
  if (isAbsolute(name)) return [name];
  if (name.includes('/')) return [];
  const folders = searched.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name));
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for us to run
  }
}
