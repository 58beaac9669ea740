import type { CodeViewDiffItem, DiffLineAnnotation, FileDiffMetadata } from '@pierre/diffs';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';

/** What the view is to show of a file. */
export interface FileShown {
  readonly file: ClientChangedFile;
  /** Null: not here yet. */
  readonly diffs: readonly FileDiffMetadata[] | null;
  readonly isFolded: boolean;
  readonly annotations: readonly DiffLineAnnotation<string>[];
}

export type DiffItem = CodeViewDiffItem<string>;

interface Kept {
  readonly shown: FileShown;
  readonly items: readonly DiffItem[];
}

/**
 * The items of the view. One that is as it was stays the same object; one that changed has a higher version, without
 * which the view would not look at it.
 */
export function createDiffItems(): (all: readonly FileShown[]) => readonly DiffItem[] {
  let kept = new Map<string, Kept>();
  return (all) => {
    const next = new Map<string, Kept>();
    for (const shown of all) {
      const { path } = shown.file;
      const before = kept.get(path);
      next.set(
        path,
        before !== undefined && isSame(before.shown, shown) ? before : { shown, items: itemsOf(shown, before) },
      );
    }
    kept = next;
    return [...next.values()].flatMap(({ items }) => items);
  };
}

const isSame = (a: FileShown, b: FileShown): boolean =>
  a.diffs === b.diffs && a.isFolded === b.isFolded && a.annotations === b.annotations && a.file === b.file;

function itemsOf({ file, diffs, isFolded, annotations }: FileShown, before: Kept | undefined): readonly DiffItem[] {
  const drawn = diffs === null || diffs.length === 0 ? [headOnly(file)] : diffs;
  return drawn.map((fileDiff, index) => ({
    id: idOf(file.path, index),
    type: 'diff',
    fileDiff,
    version: (before?.items[0]?.version ?? 0) + 1,
    collapsed: isFolded || fileDiff.hunks.length === 0,
    // Both halves of a file whose type changed have lines of one side only.
    annotations: [...annotations],
  }));
}

/** The second half of a file whose type changed is an item of its own. */
const idOf = (path: string, index: number): string => (index === 0 ? path : `${path}\0${index}`);

export const itemIdOf = (path: string): string => idOf(path, 0);

export const pathOfItem = (id: string): string => id.split('\0', 1)[0] ?? id;

export const isFirstOfFile = (id: string): boolean => !id.includes('\0');

/** A file of which nothing but its head is drawn. */
const headOnly = ({ path }: ClientChangedFile): FileDiffMetadata => ({
  name: path,
  type: 'change',
  hunks: [],
  splitLineCount: 0,
  unifiedLineCount: 0,
  isPartial: true,
  deletionLines: [],
  additionLines: [],
  deletionCharacterCount: 0,
  additionCharacterCount: 0,
});
