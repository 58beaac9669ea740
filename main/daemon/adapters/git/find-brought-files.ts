import { relative } from 'node:path';
import type { BytePath } from './byte-path.ts';

interface OwnFiles {
  /** The repository's root; without links, as the files are. */
  readonly root: string;
  /** Absolute paths of files and folders that only this program writes. */
  readonly files: readonly string[];
}

/**
 * Those of our own files that a tree brings, or would lead elsewhere by a link or a submodule above them. Case does not
 * count: some file systems know none.
 */
export function findBroughtFiles(tree: readonly BytePath[], { root, files }: OwnFiles): readonly string[] {
  const own = files.map((file) => relative(root, file)).filter((path) => path !== '' && !/^\.\.(?:\/|$)/.test(path));
  const wanted = own.map((path) => Buffer.from(path.toLowerCase()).toString('latin1'));
  const brought = new Set<string>();
  for (const path of tree) {
    const lower = path.toLowerCase();
    for (const [index, one] of wanted.entries()) {
      if (isSameOrBelow(lower, one) || isSameOrBelow(one, lower)) brought.add(own[index] ?? one);
    }
  }
  return [...brought];
}

const isSameOrBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
