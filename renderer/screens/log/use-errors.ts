import { useRef, useState } from 'react';
import { announce } from '../../app/announcements.ts';
import { errorAfter, findErrorLines } from './error-lines.ts';
import type { LogReader } from './log-reader.ts';

export interface Errors {
  readonly isSearching: boolean;
  /** Goes to the first line that looks like an error. */
  readonly first: () => void;
  readonly next: (fromLine: number, isBackwards: boolean) => void;
}

/** Lines that look like errors, searched for when somebody asks for one, and anew when the log has grown. */
export function useErrors(reader: LogReader, lines: number, onLine: (line: number) => void): Errors {
  const known = useRef<{ readonly lines: number; readonly errors: readonly number[] } | null>(null);
  const [isSearching, setIsSearching] = useState(false);

  const errors = async (): Promise<readonly number[] | null> => {
    if (known.current?.lines === lines) return known.current.errors;
    setIsSearching(true);
    const found = await findErrorLines(reader, new AbortController().signal);
    setIsSearching(false);
    if (!found.ok) return null;
    known.current = { lines, errors: found.value };
    return found.value;
  };
  const goTo = async (pick: (all: readonly number[]) => number | null): Promise<void> => {
    const all = await errors();
    const line = all === null ? null : pick(all);
    if (line !== null) onLine(line);
    else announce(all === null ? 'The log could not be searched' : 'No line looks like an error');
  };
  return {
    isSearching,
    first: () => void goTo((all) => all[0] ?? null),
    next: (fromLine, isBackwards) => void goTo((all) => errorAfter(all, fromLine, isBackwards)),
  };
}
