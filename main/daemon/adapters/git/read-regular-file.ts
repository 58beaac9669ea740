import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCodeOf } from './error-code.ts';

const ABSENT = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO'];

/**
 * The bytes of a file that somebody else could have put there; null when there is no regular file. Never waits: a FIFO
 * planted under the name would otherwise hold us for ever.
 */
export async function readRegularFile(file: string | Buffer): Promise<Buffer | null> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return (await handle.stat()).isFile() ? await handle.readFile() : null;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (ABSENT.includes(errorCodeOf(error))) return null;
    throw error;
  }
}

/** The same as text, and as the empty one when there is no such file. */
export const readRegularText = async (file: string | Buffer): Promise<string> =>
  (await readRegularFile(file))?.toString('utf8') ?? '';
