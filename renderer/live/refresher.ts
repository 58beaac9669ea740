/** Reads anew what events made out of date: at once when that is rare, and never more often than every so often. */
export interface Refresher {
  readonly touch: (keys: readonly (readonly string[])[]) => void;
  readonly stop: () => void;
}

const EVERY_MS = 400;

export function createRefresher(refresh: (key: readonly string[]) => void): Refresher {
  const waiting = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    for (const key of waiting.values()) refresh(key);
    const wasBusy = waiting.size > 0;
    waiting.clear();
    timer = wasBusy ? setTimeout(flush, EVERY_MS) : null;
  };
  return {
    touch: (keys) => {
      for (const key of keys) waiting.set(key.join('\n'), key);
      timer ??= setTimeout(flush, 0);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting.clear();
    },
  };
}
