import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { listInstances } from '../../contract/client/machine-routes.ts';
import { getQueue } from '../../contract/client/queue-routes.ts';
import { listRunPage } from '../../contract/client/run-routes.ts';
import { useConnection } from '../api/instance-context.ts';
import { keys } from '../api/query-keys.ts';
import { unwrapView } from '../api/unwrap.ts';
import {
  commandEntries,
  gateEntries,
  instanceEntries,
  type PaletteEntry,
  runEntries,
  stepEntries,
} from './palette-entries.ts';
import { usePendingGates } from './use-summary.ts';

const RUNS = 30;

/** Everything that can be chosen: commands, what waits, what runs, and the runs in which the daemon finds the text. */
export function usePaletteEntries(query: string): readonly PaletteEntry[] {
  const connection = useConnection();
  const text = useDeferredValue(query.trim());
  const gates = usePendingGates().data;
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => unwrapView(getQueue(connection)) }).data;
  const runs = useQuery({
    queryKey: keys.runs({ of: 'palette', text }),
    queryFn: ({ signal }) => unwrapView(listRunPage(connection, { text, limit: RUNS }, { nextPage: null, signal })),
    placeholderData: keepPreviousData,
    // No event says that a list of runs is old: that would move rows under a pointer.
    staleTime: 0,
  }).data;
  return useMemo(() => {
    const steps = queue === undefined ? [] : stepEntries(queue);
    return [...gateEntries(gates ?? []), ...commandEntries, ...steps, ...runEntries(runs ?? [])];
  }, [gates, queue, runs]);
}

const openWindow = (url: string): void => {
  window.open(url, '_blank', 'noopener');
};

export function useInstanceEntries(): readonly PaletteEntry[] | null {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: keys.instances,
    queryFn: () => unwrapView(listInstances(connection)),
    // Daemons of other repositories tell this one nothing.
    staleTime: 0,
  });
  return useMemo(() => (data === undefined ? null : instanceEntries(data, openWindow)), [data]);
}
