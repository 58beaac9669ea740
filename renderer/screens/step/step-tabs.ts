import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { StepFacts } from './use-step.ts';

/** What every tab of a step is given. */
export interface StepTabProps {
  readonly facts: StepFacts;
  /** The one that is looked at; null: nothing was tried yet. */
  readonly attempt: ClientAttempt | null;
}

export interface StepTab {
  /** In the address; empty: the first one. */
  readonly path: string;
  readonly label: string;
  readonly screen: LazyExoticComponent<ComponentType<StepTabProps>>;
}

export const STEP_TABS: readonly StepTab[] = [
  {
    path: '',
    label: 'Result',
    screen: lazy(() => import('./step-result.tsx').then((m) => ({ default: m.StepResult }))),
  },
];
