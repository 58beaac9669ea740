import { useCallback, useState } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { fileMark, viewedStore } from './viewed.ts';

const store = viewedStore(localStorage);

/** Which files of a comparison were looked at, and how to say so. */
export function useViewed(comparison: string) {
  const [viewed, setViewed] = useState(() => ({ comparison, marks: store.read(comparison) }));
  const marks = viewed.comparison === comparison ? viewed.marks : store.read(comparison);
  if (viewed.comparison !== comparison) setViewed({ comparison, marks });
  const isViewed = useCallback((file: ClientChangedFile) => marks.has(fileMark(file)), [marks]);
  const mark = (file: ClientChangedFile, isSeen: boolean): void => {
    const next = new Set(store.read(comparison));
    if (isSeen) next.add(fileMark(file));
    else next.delete(fileMark(file));
    store.write(comparison, next);
    setViewed({ comparison, marks: next });
  };
  return { isViewed, mark };
}
