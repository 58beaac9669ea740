import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { hasCode } from './file-problem.ts';

/** What a name stands for, links not followed; null when it stands for nothing. */
export async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
