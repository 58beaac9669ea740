import { create } from 'zustand';
import type { ClientEvent } from '../../contract/client/client-event.ts';

interface News {
  /** Ids of runs that were opened since this page was, newest last. */
  readonly openedRuns: readonly string[];
  readonly note: (events: readonly ClientEvent[]) => void;
}

const KEPT = 10_000;

/** What came while a list was looked at: it waits behind a count, so that no row moves under a pointer. */
export const useNews = create<News>()((set, get) => ({
  openedRuns: [],
  note: (events) => {
    const opened = events.filter(({ type }) => type === 'run.created').map(({ runId }) => runId);
    if (opened.length > 0) set({ openedRuns: [...get().openedRuns, ...opened].slice(-KEPT) });
  },
}));
