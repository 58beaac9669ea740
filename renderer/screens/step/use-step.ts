import { useQuery } from '@tanstack/react-query';
import { viewOf } from '../../../contract/client/document.ts';
import { getStep, getStepResult } from '../../../contract/client/step-routes.ts';
import { readStepAttempts } from '../../../contract/client/tree-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapItems } from '../../api/unwrap.ts';

/** A step with its result and every attempt, oldest first, as one answer. */
export function useStep(stepId: string) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.step(stepId),
    queryFn: async ({ signal }) => {
      const [step, result, attempts] = await Promise.all([
        unwrap(viewOf(getStep(connection, stepId))),
        unwrap(viewOf(getStepResult(connection, stepId, signal))),
        unwrapItems(readStepAttempts(connection, stepId, signal)),
      ]);
      return { step, result, attempts };
    },
  });
}

export type StepFacts = NonNullable<ReturnType<typeof useStep>['data']>;
