import { constants, copyFileSync, existsSync, renameSync, statSync } from 'node:fs';

import { err, ok, type Result } from '../../../contract/result.ts';

/** The database and what is not in it yet. `-shm` is an index that SQLite makes anew. */
const SUFFIXES = ['', '-wal'];

/**
 * Copies a damaged database and its write-ahead log to `<path>.damaged-<time>`, where time is that of its last change: a
 * daemon that is started again and again makes one copy. The originals are not touched.
 */
export function preserveDamaged(path: string): Result<string, unknown> {
  try {
    const files = SUFFIXES.flatMap((suffix) => {
      const stats = statSync(path + suffix, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ suffix, stats }];
    }).filter(({ suffix, stats }) => suffix === '' || stats.size > 0);
    const changedAtMs = Math.max(...files.map(({ stats }) => stats.mtimeMs));
    const copyPath = `${path}.damaged-${stampOf(changedAtMs)}`;
    for (const { suffix } of files) copyOnce(path + suffix, copyPath + suffix);
    return ok(copyPath);
  } catch (error) {
    return err(error);
  }
}

function copyOnce(from: string, to: string): void {
  if (existsSync(to)) return;
  copyFileSync(from, `${to}.part`, constants.COPYFILE_FICLONE);
  renameSync(`${to}.part`, to);
}

/** `2026-01-31T12-00-00.000Z`: Windows allows no colon in a name. */
const stampOf = (atMs: number): string => new Date(atMs).toISOString().replaceAll(':', '-');
