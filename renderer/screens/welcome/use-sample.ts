import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { startRun, submitStepOnce } from '../../../contract/client/run-routes.ts';
import { readRunSteps } from '../../../contract/client/tree-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapItems, unwrapView } from '../../api/unwrap.ts';
import { SAMPLE_TASK } from './sample-task.ts';

const NEW_RUN = { projectId: '', conversationId: '', plannerId: 'dashboard', executorId: '', closeWhenIdle: true };

/** The sample run that the address names, and the way to start one. */
export function useSample() {
  const connection = useConnection();
  const [search, setSearch] = useSearchParams();
  const runId = search.get('run');
  const start = useMutation({
    mutationFn: async () => {
      const id = `sample-${crypto.randomUUID().slice(0, 8)}`;
      await unwrapView(startRun(connection, { ...NEW_RUN, id }));
      await unwrapView(submitStepOnce(connection, id, { task: SAMPLE_TASK, idempotencyKey: id }));
      return id;
    },
    onSuccess: (id) => setSearch({ run: id }, { replace: true }),
  });
  const step = useQuery({
    queryKey: keys.runSteps(runId ?? ''),
    queryFn: async ({ signal }) => unwrapItems(readRunSteps(connection, runId ?? '', signal)),
    enabled: runId !== null,
  });
  return { runId, start, step };
}
