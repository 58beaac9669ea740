import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../error-code.ts';
import { readRegularText } from '../read-regular-file.ts';
import type { WorktreePlace } from '../worktree-record.ts';

/**
 * The time that all commits of a worktree's salvage bear, in milliseconds since 1970: that of the first try, so that doing
 * it again after a crash makes the same commits again. A note that says a later time than now was tampered with.
 */
export async function beginSalvage({ privateDir }: WorktreePlace, nowMs: number): Promise<number> {
  const file = join(privateDir, 'salvage-begun');
  try {
    await writeFile(file, `${nowMs}\n`, { flag: 'wx' });
    return nowMs;
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
    const atMs = Number(await readRegularText(file));
    return Number.isSafeInteger(atMs) && atMs > 0 && atMs <= nowMs ? atMs : nowMs;
  }
}
