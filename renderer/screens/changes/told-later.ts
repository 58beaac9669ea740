/** A value that many look at: what changes shortly after each other is told together. */
export interface ToldLater<T> {
  readonly read: () => T;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (change: (before: T) => T) => void;
}

export function toldLater<T>(first: T, togetherMs: number): ToldLater<T> {
  const listeners = new Set<() => void>();
  let newest = first;
  let told = first;
  let isWaiting = false;
  const tell = (): void => {
    isWaiting = false;
    told = newest;
    for (const listener of listeners) listener();
  };
  return {
    read: () => told,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (change) => {
      newest = change(newest);
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(tell, togetherMs);
    },
  };
}
