import { useQuery } from '@tanstack/react-query';
import {
  readRun,
  readRunAttempts,
  readRunGates,
  readRunPhases,
  readRunSteps,
} from '../../../contract/client/tree-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapItems } from '../../api/unwrap.ts';

/** Everything that belongs to a run, as one answer: its parts are only true together. */
export function useRun(runId: string) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.run(runId),
    queryFn: async ({ signal }) => {
      const [run, phases, steps, attempts, gates] = await Promise.all([
        unwrap(readRun(connection, runId, signal)),
        unwrapItems(readRunPhases(connection, runId, signal)),
        unwrapItems(readRunSteps(connection, runId, signal)),
        unwrapItems(readRunAttempts(connection, runId, signal)),
        unwrapItems(readRunGates(connection, runId, signal)),
      ]);
      return { run: run.view, phases, steps, attempts: attempts.toReversed(), gates };
    },
  });
}

export type RunFacts = NonNullable<ReturnType<typeof useRun>['data']>;
