import { useQuery } from '@tanstack/react-query';
import { listAllGates } from '../../contract/client/gate-routes.ts';
import { getInstance } from '../../contract/client/instance-routes.ts';
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
