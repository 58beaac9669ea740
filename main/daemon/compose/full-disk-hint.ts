import { statfs } from 'node:fs/promises';
import { tryFile } from '../adapters/files/file-problem.ts';

const LOW_DISK_BYTES = 64 * 1024 ** 2;

/** What is added to a message of git, which does not say why it could not write a file; empty while there is room. */
export async function fullDiskHint(folder: string): Promise<string> {
  const free = await tryFile('look at', folder, () => statfs(folder));
  if (!free.ok || free.value.bavail * free.value.bsize >= LOW_DISK_BYTES) return '';
  const freeMegabytes = (free.value.bavail * free.value.bsize) / 1024 ** 2;
  return ` (the disk is nearly full: ${freeMegabytes.toFixed(1)} MiB are free)`;
}
