import { useMemo, useState } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { fileMark, viewedStore } from './viewed.ts';

const store = viewedStore(localStorage);

/** Which files of a comparison were looked at, by their paths, and how to say so. */
export function useViewed(comparison: string, files: readonly ClientChangedFile[]) {
  const [version, setVersion] = useState(0);
  const markOf = useMemo(() => new Map(files.map((file) => [file.path, fileMark(file)])), [files]);
  const viewed = useMemo(() => {
    // Read again whenever something was marked.
    const marks = version < 0 ? new Set<string>() : store.read(comparison);
    return new Set([...markOf].filter(([, mark]) => marks.has(mark)).map(([path]) => path));
  }, [comparison, markOf, version]);
  const mark = (path: string, isSeen: boolean): void => {
    const own = markOf.get(path);
    if (own === undefined) return;
    const next = new Set(store.read(comparison));
    if (isSeen) next.add(own);
    else next.delete(own);
    store.write(comparison, next);
    setVersion((before) => before + 1);
  };
  return { viewed, mark };
}
