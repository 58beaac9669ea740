import { useState } from 'react';
import { useInstance } from '../../api/instance-context.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Until when this person has seen what ended, in this browser. Who never marked anything is shown a day. */
export function useSeenMark(): readonly [seenMs: number, mark: (seenMs: number) => void] {
  const { path } = useInstance();
  const key = `codencer-seen:${path}`;
  const [seenMs, setSeenMs] = useState(() => readMark(localStorage.getItem(key)) ?? Date.now() - DAY_MS);
  const mark = (ms: number): void => {
    localStorage.setItem(key, String(ms));
    setSeenMs(ms);
  };
  return [seenMs, mark];
}

/** What somebody else left there is no mark. */
export const readMark = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
