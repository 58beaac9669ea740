import { type FileDiffMetadata, processFile } from '@pierre/diffs';
import { inertPatch } from './inert-patch.ts';

export interface Section {
  /** As the list names it. */
  readonly path: string;
  readonly oldPath: string;
  readonly text: string;
  /** Tells it from every other; colours are kept by it. */
  readonly key: string;
}

/** One file's part of a patch as the view draws it; null: it has no lines that could be drawn. */
export function parseSection({ path, oldPath, text, key }: Section): FileDiffMetadata | null {
  const diff = processFile(inertPatch(text), { isGitDiff: true, cacheKey: key });
  if (diff === undefined) return null;
  // Named by the list: a path in a patch may be quoted, and a hostile one may not be what it looks like.
  return { ...diff, name: path, ...(oldPath === '' ? {} : { prevName: oldPath }) };
}
