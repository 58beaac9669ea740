import type { StepFacts } from './use-step.ts';

/** What the dialog of every action is given. */
export interface StepActionProps {
  readonly facts: StepFacts;
  readonly onClose: () => void;
  readonly onDone: () => void;
}
