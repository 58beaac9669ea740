import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';

/** Which files of a comparison somebody has looked at, by what was in them. Kept by the browser. */
export interface ViewedStore {
  readonly read: (comparison: string) => ReadonlySet<string>;
  readonly write: (comparison: string, viewed: ReadonlySet<string>) => void;
}

const PREFIX = 'codencer-viewed:';
/** The least recently written ones go first. */
const MOST_COMPARISONS = 50;

export function viewedStore(storage: Storage): ViewedStore {
  return {
    read: (comparison) =>
      new Set(
        storage
          .getItem(PREFIX + comparison)
          ?.split('\n')
          .slice(1) ?? [],
      ),
    write: (comparison, viewed) => {
      const key = PREFIX + comparison;
      if (viewed.size === 0) storage.removeItem(key);
      else storage.setItem(key, [String(Date.now()), ...viewed].join('\n'));
      forgetOldest(storage);
    },
  };
}

function forgetOldest(storage: Storage): void {
  const kept: { readonly key: string; readonly atMs: number }[] = [];
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index);
    if (key?.startsWith(PREFIX) === true)
      kept.push({ key, atMs: Number.parseInt(storage.getItem(key) ?? '', 10) || 0 });
  }
  const oldest = kept.toSorted((a, b) => a.atMs - b.atMs).slice(0, Math.max(0, kept.length - MOST_COMPARISONS));
  for (const { key } of oldest) storage.removeItem(key);
}

type Known = Pick<
  ClientChangedFile,
  'path' | 'oldPath' | 'status' | 'oldMode' | 'newMode' | 'additions' | 'deletions' | 'sizeBytes'
>;

/** What a file was like when it was looked at. Evidence of an attempt never changes, so this tells one file from another. */
export function fileMark(file: Known): string {
  const { path, oldPath, status, oldMode, newMode, additions, deletions, sizeBytes } = file;
  return hashOf(JSON.stringify([path, oldPath, status, oldMode, newMode, additions, deletions, sizeBytes]));
}

/** FNV-1a over the text, twice with different beginnings: enough to tell files apart, no more is asked of it. */
const hashOf = (text: string): string => fnv(text, 0x811c9dc5) + fnv(text, 0x01000193);

function fnv(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
