import { readlink, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isWithin } from './contained-path.ts';
import { isSystemError } from './file-problem.ts';

/**
 * Every name of the place that a path leads to, so that whoever forbids a place finds it under each of them: as it is
 * given, by its text, and with all links followed; relative to `folder` where it is below it, else absolute. A tilde is a
 * home here, and blanks at either end are none: so programs take them.
 */
export async function pathNames(
  folder: string,
  { path, from }: { readonly path: string; readonly from: string },
): Promise<readonly string[]> {
  if ([path, from].some((text) => text.includes('\0'))) return [path];
  const written = inHome(path.trim());
  const absolute = isAbsolute(written) ? written : `${resolve(folder, inHome(from.trim()))}${sep}${written}`;
  const [root, ...places] = await Promise.all([realPlace(folder), realPlace(absolute), realPlace(resolve(absolute))]);
  const names = [resolve(absolute), ...places].map((place) => nameBelow([folder, root], place));
  // A name that is given for a place below the folder says nothing of what is above it.
  const isBelow = names.every((name) => !isAbsolute(name));
  return [...new Set(isBelow ? names : [path, ...names])];
}

const inHome = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

function nameBelow(roots: readonly string[], place: string): string {
  const root = roots.find((one) => isWithin(one, place));
  return root === undefined ? place : relative(root, place);
}

/** As many as the system follows, too. */
const MAX_LINKS = 40;

/** As the system reads it: `..` behind a link leads from where the link leads, and a link to nothing to what it may make. */
async function realPlace(path: string, links = 0): Promise<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf(sep, end - 1)) {
    const above = path.slice(0, end);
    const real = await orNull(realpath(above));
    if (real !== null) return resolve(join(real, path.slice(end)));
    const target = links < MAX_LINKS ? await orNull(readlink(above)) : null;
    if (target !== null) {
      const aim = isAbsolute(target) ? target : `${dirname(above)}${sep}${target}`;
      return realPlace(`${aim}${path.slice(end)}`, links + 1);
    }
  }
  return resolve(path);
}

async function orNull(asked: Promise<string>): Promise<string | null> {
  try {
    return await asked;
  } catch (error) {
    if (isSystemError(error)) return null; // not there, no link, or not for us to see
    throw error;
  }
}
