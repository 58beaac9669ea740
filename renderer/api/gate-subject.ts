import { useQuery } from '@tanstack/react-query';
import { getAttempt } from '../../contract/client/attempt-routes.ts';
import type { ClientGate } from '../../contract/client/client-gate.ts';
import { getStep } from '../../contract/client/step-routes.ts';
import { useConnection } from './instance-context.ts';
import { keys } from './query-keys.ts';
import { unwrapView } from './unwrap.ts';

/** The step that a gate is of, as far as it is read. */
export function useGateStep({ stepId }: Pick<ClientGate, 'stepId'>) {
  const connection = useConnection();
  return useQuery({
    // Apart from the step with its result and attempts, which is another answer.
    queryKey: [...keys.step(stepId), 'alone'],
    queryFn: () => unwrapView(getStep(connection, stepId)),
    enabled: stepId !== '',
  }).data;
}

/** The attempt that asks, or whose work it is about. */
export function useGateAttempt({ attemptId }: Pick<ClientGate, 'attemptId'>) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.attempt(attemptId),
    queryFn: () => unwrapView(getAttempt(connection, attemptId)),
    enabled: attemptId !== '',
  }).data;
}
