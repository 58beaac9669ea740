import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { ok } from '../../../contract/result.ts';
import { createLogBlocks, type LogBlocks } from './log-blocks.ts';
import type { LogReader } from './log-reader.ts';
import { watchLog } from './watch-log.ts';

export interface LogState {
  /** Null: not known yet. */
  readonly lines: number | null;
  readonly bytes: number;
  readonly isLive: boolean;
  /** There is no log: nothing was started, or it wrote nothing. */
  readonly isNone: boolean;
  readonly failure: ClientFailure | null;
  /** Grows with every line that came, so that what shows them is drawn anew. */
  readonly revision: number;
}

export interface OpenLog {
  readonly blocks: LogBlocks;
  readonly get: () => LogState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: () => () => void;
}

const UNKNOWN: LogState = { lines: null, bytes: 0, isLive: false, isNone: false, failure: null, revision: 0 };
/** Loaded before a longer log is shown, so that its end is there at once. */
const END_LINES = 120;

export function openLog(reader: LogReader): OpenLog {
  const listeners = new Set<() => void>();
  let state = UNKNOWN;
  const change = (more: Partial<LogState>): void => {
    state = { ...state, ...more, revision: state.revision + 1 };
    for (const listener of listeners) listener();
  };
  const blocks = createLogBlocks(reader.lines, () => change({ failure: blocks.failure() }));
  return {
    blocks,
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      const stopping = new AbortController();
      void watchLog({
        measure: reader.measure,
        countLines: async (signal) => {
          const answer = await reader.lines({ offset: 0, limit: 0, signal });
          return answer.ok ? ok(answer.value.total) : answer;
        },
        waitBeyond: reader.waitBeyond,
        onLength: async ({ lines, bytes, isLive }) => {
          blocks.grow(lines);
          await blocks.load(Math.max(0, lines - END_LINES), lines);
          change({ lines, bytes, isLive, isNone: false, failure: blocks.failure() });
        },
        onNone: () => change({ lines: 0, isNone: true, failure: null }),
        onFailure: (failure) => change({ failure }),
        signal: stopping.signal,
      });
      return () => {
        stopping.abort();
        blocks.close();
      };
    },
  };
}

/** A log that is watched as long as it is shown. */
export function useLog(reader: LogReader): OpenLog & { readonly state: LogState } {
  const log = useMemo(() => openLog(reader), [reader]);
  useEffect(() => log.start(), [log]);
  const state = useSyncExternalStore(log.subscribe, log.get);
  return { ...log, state };
}
