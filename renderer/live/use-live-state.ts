import { useCallback, useSyncExternalStore } from 'react';
import { useInstance } from '../api/instance-context.ts';

/** The newest state that is known: the one that was read, or what an event has said since. */
export function useLiveState(
  id: string,
  read: { readonly state: string; readonly updatedAtMs: number | null },
): string {
  const { live } = useInstance();
  const subscribe = useCallback((listener: () => void) => live.subscribe(id, listener), [live, id]);
  const newest = useSyncExternalStore(subscribe, () => live.get(id));
  return newest !== null && newest.atMs >= (read.updatedAtMs ?? 0) ? newest.state : read.state;
}
