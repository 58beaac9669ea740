import { create } from 'zustand';

/** How this page hears of what happens. `sinceMs`: from then on what is shown may be old. */
export type FeedStatus =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The stream is open and has been silent for longer than a heartbeat. */
  | { readonly kind: 'stale'; readonly sinceMs: number }
  | { readonly kind: 'offline'; readonly sinceMs: number }
  /** The session was taken back or has run out. */
  | { readonly kind: 'locked-out' };

interface FeedStore {
  readonly status: FeedStatus;
  readonly set: (status: FeedStatus) => void;
}

export const useFeedStatus = create<FeedStore>()((set) => ({
  status: { kind: 'connecting' },
  set: (status) => set({ status }),
}));
