import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { resolveContained } from './contained-path.ts';
import { hasCode } from './file-problem.ts';

/**
 * Where a path really leads below a folder, relative to it, links followed; null when it leads anywhere else, or upward on
 * its way: where `..` leads depends on links. So it is when programs could read it otherwise than it is written.
 */
export async function pathWithin(
  folder: string,
  { path, from }: { path: string; from: string },
): Promise<string | null> {
  if ([path, from].some((text) => text.includes('\0') || text.split(sep).includes('..') || READ_OTHERWISE.test(text))) {
    return null;
  }
  const absolute = resolve(folder, from, path);
  const below = [folder, realPathOr(folder)].map((root) => relative(root, absolute)).find(isBelow);
  if (below === undefined) return null;
  const place = await resolveContained(folder, below === '' ? '.' : below);
  return place.ok ? place.value.fromRoot : null;
}

/** Programs take a tilde for a home, and blanks at either end for nothing: to them it is another place than to us. */
const READ_OTHERWISE = /^[~\s]|\s$/;

const isBelow = (path: string): boolean => path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);

function realPathOr(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ELOOP', 'ENOTDIR')) return folder;
    throw error;
  }
}
