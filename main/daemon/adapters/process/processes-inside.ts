import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { findOpenFiles, type OpenFile } from './open-files.ts';

/** Living processes, other than this one, that are in a folder or hold on to something below it (PROC-13). */
export async function processesInside(directory: string): Promise<readonly OpenFile[]> {
  const real = await realpath(directory).catch(() => directory); // already gone: whoever is in it still shows its path
  const below = real.endsWith(sep) ? real : `${real}${sep}`;
  return findOpenFiles((path) => path === real || path.startsWith(below), { exceptPid: process.pid });
}
