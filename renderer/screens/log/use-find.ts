import { useEffect, useRef, useState } from 'react';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { type FindHits, findHits, hitFrom } from './find-hits.ts';
import type { LogReader } from './log-reader.ts';

export interface FindState {
  readonly text: string;
  /** Null: nothing was searched for yet. */
  readonly hits: FindHits | null;
  /** The hit that was gone to, from 0; null: none yet. */
  readonly at: number | null;
  readonly isSearching: boolean;
  readonly failure: ClientFailure | null;
}

export interface Find extends FindState {
  readonly setText: (text: string) => void;
  readonly go: (isBackwards: boolean, fromLine: number) => void;
}

const IDLE: FindState = { text: '', hits: null, at: null, isSearching: false, failure: null };
const TYPING_MS = 250;

/** Searches when typing pauses, and goes from hit to hit. A log that has grown is searched anew. */
export function useFind(reader: LogReader, lines: number, onLine: (line: number) => void): Find {
  const [state, setState] = useState(IDLE);
  const searchedLines = useRef(0);
  const known = useRef(lines);
  useEffect(() => {
    known.current = lines;
  }, [lines]);
  const { text } = state;

  useEffect(() => {
    if (text === '') return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setState((before) => ({ ...before, isSearching: true }));
      void search(reader, text, stop.signal).then((found) => {
        if (stop.signal.aborted) return;
        searchedLines.current = known.current;
        setState((before) => ({ ...before, ...found, isSearching: false, at: null }));
      });
    }, TYPING_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [reader, text]);

  const goOn = async (isBackwards: boolean, fromLine: number): Promise<void> => {
    const hits = await current();
    if (hits === null || hits.total === 0) return;
    const last = hits.total - 1;
    const next = state.at === null ? hitFrom(hits, fromLine) : state.at + (isBackwards ? -1 : 1);
    const at = next > last ? 0 : next < 0 ? last : next;
    const line = await hits.lineOf(at);
    if (!line.ok) setState((before) => ({ ...before, failure: line.error }));
    else if (line.value !== null) {
      setState((before) => ({ ...before, at }));
      onLine(line.value);
    }
  };

  /** What was found, of the log as long as it is now. */
  const current = async (): Promise<FindHits | null> => {
    if (state.hits !== null && searchedLines.current === known.current) return state.hits;
    if (state.text === '') return null;
    const found = await search(reader, state.text, new AbortController().signal);
    searchedLines.current = known.current;
    setState((before) => ({ ...before, ...found }));
    return found.hits;
  };

  return {
    ...state,
    setText: (next) => setState({ ...IDLE, text: next }),
    go: (isBackwards, fromLine) => void goOn(isBackwards, fromLine),
  };
}

async function search(reader: LogReader, text: string, signal: AbortSignal) {
  const found = await findHits((wanted) => reader.find(text, wanted), signal);
  return found.ok ? { hits: found.value, failure: null } : { hits: null, failure: found.error };
}
