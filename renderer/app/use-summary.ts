import { useQuery } from '@tanstack/react-query';
import { listAllGates } from '../../contract/client/gate-routes.ts';
import { getInstance } from '../../contract/client/instance-routes.ts';
import { getOverview } from '../../contract/client/overview-routes.ts';
import { useConnection } from '../api/instance-context.ts';
import { keys } from '../api/query-keys.ts';
import { unwrapItems, unwrapView } from '../api/unwrap.ts';

export function useInstanceFacts() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.instance, queryFn: () => unwrapView(getInstance(connection)) });
}

/** Every gate that waits for a person, newest first. */
export function usePendingGates() {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.gates({ state: 'pending' }),
    queryFn: () => unwrapItems(listAllGates(connection, { state: 'pending' })),
  });
}

/** How everything stands, in one look. */
export function useOverview() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.overview, queryFn: ({ signal }) => unwrapView(getOverview(connection, signal)) });
}

/** How much work is stopped until a person acts: gates, and steps that nobody can go on with by rule. */
export function useNeedsCount(): { readonly gates: number; readonly all: number } {
  const gates = usePendingGates().data?.length ?? 0;
  const steps = useOverview().data?.steps['needs_manual_attention'] ?? 0;
  return { gates, all: gates + steps };
}
