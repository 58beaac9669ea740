import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/**
 * A file of the repository's git directory that is none: git would wait for ever on a FIFO, or read a device to its end,
 * which never comes. Looked for where every command looks.
 */
export async function findTrap({ commonDir, objectsDir }: Repository): Promise<string | null> {
  const files = ['HEAD', 'config', 'packed-refs', 'shallow'].map((name) => join(commonDir, name));
  for (const file of [...files, join(objectsDir, 'info/alternates')]) {
    const stats = await stat(file).catch(() => null); // Not there, or closed to git as well, which then says so.
    if (stats !== null && !stats.isFile()) return file;
  }
  return null;
}
