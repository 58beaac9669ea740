import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Not to wait for a writer when the name is a pipe, not to follow a link in the last place; Windows knows neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of ours that others could have put something else in the place of. Rejects with the system's error, also
 * when it is no regular file: a pipe would take one of the few threads that read files, for ever.
 */
export async function openPlainFile(path: string): Promise<FileHandle> {
  const handle = await open(path, FLAGS);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  const error = new Error('it is not a regular file');
  throw Object.assign(error, { code: 'EINVAL', syscall: 'open', path });
}

/** All of such a file. */
export async function readPlainFile(path: string): Promise<Buffer> {
  await using handle = await openPlainFile(path);
  return await handle.readFile();
}
