import { isAttemptLive } from '../../../contract/attempt-state.ts';
import type { StepRecord } from '../../../contract/records.ts';
import { isStepInFlight } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';

/** An attempt of the step lives: it is in flight, or what it runs has asked for something. */
export function isWorkedOn({ store }: Pick<ServiceContext, 'store'>, step: StepRecord): boolean {
  if (step.state !== 'needs_approval') return isStepInFlight(step.state);
  const attempt = store.attempts.newestOfStep(step.id);
  return attempt !== null && isAttemptLive(attempt.state);
}
