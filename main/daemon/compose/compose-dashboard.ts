import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { isSystemError } from '../adapters/files/file-problem.ts';
import type { DashboardFiles } from '../services/ports/dashboard-files.ts';
import { packageRoot } from './package-root.ts';

/** The only kinds of files that are served. Texts are UTF-8. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
]);

const PAGE = 'index.html';
/** Where the build puts what it names by its content. */
const HASHED = 'assets/';

/**
 * The files of the built dashboard. What is asked for is looked up in a list of the folder and never becomes part of a
 * path. The list is made anew with each page, so that a page of a new build finds what it loads.
 */
export function composeDashboard(folder = join(packageRoot(), 'dist/renderer')): DashboardFiles {
  let listed: ReadonlyMap<string, string> | null = null;
  const list = (): ReadonlyMap<string, string> => {
    listed = filesIn(folder);
    return listed;
  };
  return {
    isBuilt: () => existsSync(join(folder, PAGE)),
    page() {
      list();
      return readOptional(join(folder, PAGE));
    },
    async file(path) {
      const place = (listed ?? list()).get(path);
      const mediaType = MEDIA_TYPES.get(extname(path));
      if (place === undefined || mediaType === undefined) return null;
      const bytes = await readOptional(place);
      return bytes === null ? null : { bytes, mediaType, isImmutable: path.startsWith(HASHED) };
    },
  };
}

/** Path with slashes → where it is. No links, and no source maps: they are for whoever has the sources. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && MEDIA_TYPES.has(extname(entry.name)))
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), file]));
}

/** A build may have taken away what was there a moment ago. */
async function readOptional(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}
