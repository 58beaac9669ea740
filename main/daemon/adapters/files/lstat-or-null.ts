import { lstatSync, type Stats } from 'node:fs';
import { hasCode } from './file-problem.ts';

/** What a name stands for, links not followed; null when it stands for nothing. */
export function lstatOrNull(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
