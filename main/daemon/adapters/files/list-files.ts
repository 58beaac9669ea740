import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './file-problem.ts';

export interface ListedFiles {
  /** `/`-separated names relative to the folder, sorted. */
  readonly names: readonly string[];
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly name: string;
  readonly reason: string;
}

/** Every regular file below a folder. Links are not followed; whatever cannot be listed is named with its reason. */
export async function listFiles(folder: string): Promise<ListedFiles> {
  const names: string[] = [];
  const skipped: SkippedFile[] = [];
  const below = [''];
  for (let prefix = below.pop(); prefix !== undefined; prefix = below.pop()) {
    for (const entry of await readEntries(folder, prefix, skipped)) {
      const name = `${prefix}${entry.name.toString('utf8')}`;
      const reason = reasonToSkip(entry);
      if (reason !== null) skipped.push({ name, reason });
      else if (entry.isDirectory()) below.push(`${name}/`);
      else names.push(name);
    }
  }
  return { names: names.sort(), skipped };
}

interface Entry {
  readonly name: Buffer;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

/** Names are read as bytes: one that is no UTF-8 would come back as another name. */
async function readEntries(folder: string, prefix: string, skipped: SkippedFile[]): Promise<readonly Entry[]> {
  try {
    return await readdir(join(folder, prefix), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    if (prefix === '' || !hasCode(error, 'EACCES', 'EPERM')) throw error;
    skipped.push({ name: prefix, reason: 'the folder cannot be read' });
    return [];
  }
}

function reasonToSkip(entry: Entry): string | null {
  if (!Buffer.from(entry.name.toString('utf8')).equals(entry.name)) return 'its name is not UTF-8';
  if (entry.isSymbolicLink()) return 'it is a link';
  return entry.isDirectory() || entry.isFile() ? null : 'it is not a regular file';
}
