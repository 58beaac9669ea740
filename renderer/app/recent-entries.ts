import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

interface RecentEntries {
  /** Newest first. */
  readonly ids: readonly string[];
  readonly use: (id: string) => void;
}

const KEPT = 6;

/** What was chosen in the palette; as long as the window lives, because names of runs are in it. */
export const useRecentEntries = create<RecentEntries>()(
  persist(
    (set, get) => ({
      ids: [],
      use: (id) => set({ ids: [id, ...get().ids.filter((other) => other !== id)].slice(0, KEPT) }),
    }),
    { name: 'codencer-recent', version: 1, storage: createJSONStorage(() => sessionStorage) },
  ),
);
