import { create } from 'zustand';

/** What may lie over the screen; one at a time. */
export type Layer = 'palette' | 'instances' | 'keys';

interface Layers {
  /** What lies over the screen; null: nothing. */
  readonly shown: Layer | null;
  readonly show: (layer: Layer | null) => void;
}

export const useLayers = create<Layers>()((set) => ({ shown: null, show: (shown) => set({ shown }) }));
