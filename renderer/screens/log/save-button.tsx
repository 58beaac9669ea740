import { useEffect, useRef, useState } from 'react';
import { announce } from '../../app/announcements.ts';
import { Button } from '../../parts/button.tsx';
import { formatBytes } from '../../words/format-number.ts';
import type { LogReader } from './log-reader.ts';
import { saveLog } from './save-log.ts';

/** Saves all of a log, whatever of it is shown; says how far it is. */
export function SaveButton({ reader, bytes }: { readonly reader: LogReader; readonly bytes: number }) {
  const [savedBytes, setSavedBytes] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const save = (): void => {
    const stopping = new AbortController();
    stop.current = stopping;
    setSavedBytes(0);
    void saveLog(reader, stopping.signal, setSavedBytes).then((saved) => {
      setSavedBytes(null);
      if (!saved.ok && saved.error.kind !== 'aborted') announce('Not saved: the log could not be read to its end');
    });
  };
  if (savedBytes === null) return <Button onClick={save}>Save log</Button>;
  return (
    <Button onClick={() => stop.current?.abort()}>
      Stop saving ({formatBytes(savedBytes)} of {formatBytes(bytes)})
    </Button>
  );
}
