import { closeSync, fsync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from './file-problem.ts';

/** Waits for the disk in a thread; everything around it takes less time than the way there. */
export const syncDescriptor = promisify(fsync);

/** Makes new, renamed and removed names of a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder as a file; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    await syncDescriptor(descriptor);
  } catch (error) {
    // Some network and FUSE file systems cannot sync a folder and say so.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Syncs the folders whose entries changed when `mkdir` answered `firstCreated` for `folder`. */
export async function syncCreatedFolders(folder: string, firstCreated: string | undefined): Promise<void> {
  if (firstCreated === undefined) return;
  for (let current = folder; current.length >= firstCreated.length; current = dirname(current)) {
    await syncFolder(dirname(current));
  }
}
