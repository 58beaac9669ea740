/** What the newest event said of a run, step or attempt. */
export interface LiveState {
  readonly state: string;
  readonly atMs: number;
  readonly seq: number;
}

/**
 * States by id, each with its own listeners: an event wakes the row that shows it and no other. What a frame brings is
 * published together.
 */
export interface LiveRecords {
  readonly get: (id: string) => LiveState | null;
  readonly subscribe: (id: string, listener: () => void) => () => void;
  /** Later events win, in whatever order they come. */
  readonly put: (changes: ReadonlyMap<string, LiveState>) => void;
  readonly size: () => number;
}

/** Ids that nobody watches are let go of beyond this many: what is shown again is read anew. */
const KEPT = 20_000;

export function createLiveRecords(kept = KEPT): LiveRecords {
  const states = new Map<string, LiveState>();
  const listeners = new Map<string, Set<() => void>>();

  const put: LiveRecords['put'] = (changes) => {
    for (const [id, change] of changes) {
      const known = states.get(id);
      if (known !== undefined && known.seq >= change.seq) continue;
      // Taken out and put in again: the map's order is the order of change.
      states.delete(id);
      states.set(id, change);
      for (const listener of listeners.get(id) ?? []) listener();
    }
    forgetOldest(states, kept, (id) => listeners.has(id));
  };

  const subscribe: LiveRecords['subscribe'] = (id, listener) => {
    const of = listeners.get(id) ?? new Set();
    listeners.set(id, of.add(listener));
    return () => {
      of.delete(listener);
      if (of.size === 0 && listeners.get(id) === of) listeners.delete(id);
    };
  };

  return { put, subscribe, get: (id) => states.get(id) ?? null, size: () => states.size };
}

function forgetOldest(states: Map<string, LiveState>, kept: number, isWatched: (id: string) => boolean): void {
  if (states.size <= kept) return;
  for (const id of states.keys()) {
    if (states.size <= kept) return;
    if (!isWatched(id)) states.delete(id);
  }
}
