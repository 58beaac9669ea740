import { useSyncExternalStore } from 'react';

/** One clock for everything that ticks on this page, so that all of it moves together and only while it is looked at. */
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  if (document.hidden) return;
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    nowMs = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Milliseconds since 1970, anew each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => nowMs);

/** Changes only when what is made of the time changes: a row that says "12 min" is drawn once a minute. */
export const useTicking = (format: (nowMs: number) => string): string =>
  useSyncExternalStore(subscribe, () => format(nowMs));
