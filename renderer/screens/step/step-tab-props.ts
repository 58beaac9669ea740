import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { StepFacts } from './use-step.ts';

/** What every tab of a step is given. */
export interface StepTabProps {
  readonly facts: StepFacts;
  /** The one that is looked at; null: nothing was tried yet. */
  readonly attempt: ClientAttempt | null;
}
