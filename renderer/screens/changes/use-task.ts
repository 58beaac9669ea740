import { useQuery } from '@tanstack/react-query';
import { openArtifact, readStepArtifacts } from '../../../contract/client/artifact-routes.ts';
import { type JsonValue, parseJson } from '../../../contract/client/json-value.ts';
import { useConnection } from '../../api/instance-context.ts';
import { unwrap, unwrapItems } from '../../api/unwrap.ts';

/** The task of a step as it was recorded; null: it is not kept any more. */
export function useTask(stepId: string) {
  const connection = useConnection();
  return useQuery({
    // Evidence, which never changes.
    queryKey: ['task', stepId],
    queryFn: async ({ signal }): Promise<JsonValue> => {
      const artifacts = await unwrapItems(readStepArtifacts(connection, stepId));
      const kept = artifacts.find(({ name }) => name === 'normalized-task.json');
      if (kept === undefined) return null;
      const parsed = parseJson(await (await unwrap(openArtifact(connection, kept.id, signal))).text());
      return parsed.ok ? parsed.value : null;
    },
  });
}
