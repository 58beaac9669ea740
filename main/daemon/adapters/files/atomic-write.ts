import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, openSync, writeFile, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Result } from '../../../../contract/result.ts';
import { type FileProblem, tryFile } from './file-problem.ts';
import { syncDescriptor, syncFolder } from './sync-folder.ts';

export interface FileToWrite {
  readonly path: string;
  readonly data: string | Uint8Array;
  /** Permission bits, whatever the umask says. */
  readonly mode: number;
}

/** Puts a whole file in place, or leaves what was there: readers and a crash see one or the other. On disk when it answers. */
export function writeAtomically(file: FileToWrite): Promise<Result<void, FileProblem>> {
  const folder = dirname(file.path);
  const temporary = join(folder, `.${basename(file.path)}.${randomBytes(6).toString('hex')}.tmp`);
  return tryFile('write', file.path, async () => {
    try {
      await writeNewFile({ ...file, path: temporary });
      await rename(temporary, file.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(folder);
  });
}

/** Writes a file that must not exist yet and waits until it is on disk; its name is the folder's to sync. */
export async function writeNewFile({ path, data, mode }: FileToWrite): Promise<void> {
  const descriptor = openSync(path, 'wx', mode);
  try {
    if (data.length <= SMALL) writeFileSync(descriptor, data);
    else await writeLarge(descriptor, data);
    fchmodSync(descriptor, mode);
    await syncDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes or characters that are written in less time than a thread takes to hear of them. */
const SMALL = 64 * 1024;
const writeLarge = promisify(writeFile);
