import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { StepTabProps } from './step-tab-props.ts';

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
