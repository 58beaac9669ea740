import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ObjectFormat } from './object-format.ts';

/** The id that git gives the bytes of a file, or of a link's target. Null when the file cannot be read. */
export async function hashFile(file: Buffer, format: ObjectFormat): Promise<string | null> {
  try {
    const stats = await lstat(file);
    const hash = createHash(format).update(`blob ${stats.size}\0`);
    if (stats.isSymbolicLink()) hash.update(await readlink(file, 'buffer'));
    else await pipeline(createReadStream(file), hash, { end: false });
    return hash.digest('hex');
  } catch {
    return null; // Gone or closed to us. The caller lets git try, which says why.
  }
}
