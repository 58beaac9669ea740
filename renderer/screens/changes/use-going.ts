import type { CodeViewHandle } from '@pierre/diffs/react';
import { useRef, useState } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { announce } from '../../app/announcements.ts';
import { itemIdOf } from './diff-items.ts';
import { type Stop, stopFrom } from './stops.ts';

/** Which file and which change one is at, and how to get to others. */
export function useGoing(files: readonly ClientChangedFile[], stopsOfFile: (path: string) => readonly Stop[]) {
  const view = useRef<CodeViewHandle<string, undefined>>(null);
  const [seen, setSeen] = useState('');
  const [at, setAt] = useState<Stop | null>(null);
  // What came into sight because one went there does not change where one is.
  const isDriven = useRef(false);
  const here = files.some(({ path }) => path === seen) ? seen : (files[0]?.path ?? '');

  const openFile = (path: string, stop: Stop | null = null): void => {
    isDriven.current = true;
    setSeen(path);
    setAt(stop);
    view.current?.scrollTo({ type: 'item', id: itemIdOf(path), align: 'start', behavior: 'instant' });
  };
  const openLines = (path: string, lines: NonNullable<Stop['lines']>): void => {
    const { side, start: lineNumber } = lines;
    isDriven.current = true;
    setSeen(path);
    setAt({ path, lines });
    view.current?.scrollTo({
      type: 'line',
      id: itemIdOf(path),
      lineNumber,
      side,
      align: 'center',
      behavior: 'instant',
    });
  };
  const openStop = (stop: Stop): void => {
    if (stop.lines === null) openFile(stop.path, stop);
    else openLines(stop.path, stop.lines);
    announce(wordsOf(stop));
  };
  const stepStop = (step: 1 | -1): void => {
    const stop = stopFrom(
      files.flatMap(({ path }) => stopsOfFile(path)),
      { at, path: here, step },
    );
    if (stop === null) announce('No more changes');
    else openStop(stop);
  };
  const stepFile = (step: 1 | -1): void => {
    const next = files[files.findIndex(({ path }) => path === here) + step];
    if (next === undefined) announce('No more files');
    else openStop({ path: next.path, lines: null });
  };
  return {
    view,
    here,
    at,
    openFile,
    stepStop,
    stepFile,
    /** Somebody scrolls by hand. */
    letGo: () => {
      isDriven.current = false;
    },
    passBy: (path: string) => {
      if (!isDriven.current) setSeen(path);
    },
    choose: (stop: Stop | null) => {
      setAt(stop);
      if (stop !== null) setSeen(stop.path);
    },
  };
}

function wordsOf({ path, lines }: Stop): string {
  if (lines === null) return path;
  const { side, start, end } = lines;
  const which = start === end ? `line ${start}` : `lines ${start} to ${end}`;
  return `${path}, ${side === 'deletions' ? `deleted ${which}` : which}`;
}
