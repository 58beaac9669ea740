import { useEffect, useRef, useState } from 'react';
import type { ClientActivity } from '../../../contract/client/client-activity.ts';
import { useConnection } from '../../api/instance-context.ts';
import { createFrameBatcher } from '../../live/frame-batcher.ts';
import { type ActivityLife, followActivity } from './follow-activity.ts';
import { createTranscriptBook, type Transcript } from './transcript.ts';

export interface WatchedActivity {
  readonly transcript: Transcript;
  readonly life: ActivityLife;
  /** So many bytes before what is shown were not read. */
  readonly skippedBytes: number;
}

const NOTHING: WatchedActivity = {
  transcript: { entries: [], usage: {} },
  life: { kind: 'asking' },
  skippedBytes: 0,
};

/** What the agent of an attempt does; what comes within a frame is shown together. */
export function useActivity(attemptId: string, mayStart: boolean, mostBytes: number): WatchedActivity {
  const connection = useConnection();
  const [watched, setWatched] = useState(NOTHING);
  const isStartable = useRef(mayStart);
  useEffect(() => {
    isStartable.current = mayStart;
  }, [mayStart]);
  useEffect(() => {
    const stopping = new AbortController();
    const book = createTranscriptBook();
    const change = (more: Partial<WatchedActivity>): void => setWatched((before) => ({ ...before, ...more }));
    const batcher = createFrameBatcher<ClientActivity>((told) => {
      book.add(told);
      change({ transcript: book.read() });
    });
    setWatched(NOTHING);
    void followActivity({
      connection,
      attemptId,
      mostBytes,
      onSkipped: (skippedBytes) => change({ skippedBytes }),
      onTold: batcher.add,
      onLife: (life) => change({ life }),
      mayStart: () => isStartable.current,
      signal: stopping.signal,
    });
    return () => {
      stopping.abort();
      batcher.stop();
    };
  }, [connection, attemptId, mostBytes]);
  return watched;
}
