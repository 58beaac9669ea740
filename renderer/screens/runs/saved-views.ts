import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A filter under a name; `query` is what stands in the address. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
}

interface SavedViews {
  readonly views: readonly SavedView[];
  readonly save: (view: SavedView) => void;
  readonly remove: (name: string) => void;
}

/** Kept by the browser. A view of the same name is replaced. */
export const useSavedViews = create<SavedViews>()(
  persist(
    (set, get) => ({
      views: [],
      save: (view) => set({ views: [...get().views.filter(({ name }) => name !== view.name), view] }),
      remove: (name) => set({ views: get().views.filter((view) => view.name !== name) }),
    }),
    { name: 'codencer-run-views', version: 1 },
  ),
);
