import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../error-code.ts';
import type { WorktreePlace } from '../worktree-record.ts';

/** What the first salvage of a worktree noted before it did anything. */
export interface SalvageBeginning {
  /** There was none before: nothing can be under the ref, and git need not be asked. */
  readonly isFirst: boolean;
  /** The time that all commits of it bear, so that doing it again makes the same commits again. */
  readonly atMs: number;
}

export async function beginSalvage({ privateDir }: WorktreePlace, nowMs: number): Promise<SalvageBeginning> {
  const file = join(privateDir, 'salvage-begun');
  try {
    await writeFile(file, `${nowMs}\n`, { flag: 'wx' });
    return { isFirst: true, atMs: nowMs };
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
    const atMs = Number.parseInt(await readFile(file, 'utf8'), 10);
    return { isFirst: false, atMs: Number.isSafeInteger(atMs) ? atMs : nowMs };
  }
}
