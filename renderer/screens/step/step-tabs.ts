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
  {
    path: 'activity',
    label: 'Activity',
    screen: lazy(() => import('../activity/activity-tab.tsx').then((m) => ({ default: m.ActivityTab }))),
  },
  {
    path: 'log',
    label: 'Log',
    screen: lazy(() => import('../log/log-tab.tsx').then((m) => ({ default: m.LogTab }))),
  },
  {
    path: 'terminal',
    label: 'Terminal',
    screen: lazy(() => import('../terminal/terminal-tab.tsx').then((m) => ({ default: m.TerminalTab }))),
  },
  {
    path: 'changes',
    label: 'Changes',
    screen: lazy(() => import('../changes/changes.tsx').then((m) => ({ default: m.Changes }))),
  },
  {
    path: 'checks',
    label: 'Checks',
    screen: lazy(() => import('../checks/step-checks.tsx').then((m) => ({ default: m.StepChecks }))),
  },
  {
    path: 'artifacts',
    label: 'Artifacts',
    screen: lazy(() => import('../artifacts/step-artifacts.tsx').then((m) => ({ default: m.StepArtifacts }))),
  },
  {
    path: 'gates',
    label: 'Gates',
    screen: lazy(() => import('../gates/step-gates.tsx').then((m) => ({ default: m.StepGates }))),
  },
  {
    path: 'provenance',
    label: 'Provenance',
    screen: lazy(() => import('../provenance/step-provenance.tsx').then((m) => ({ default: m.StepProvenance }))),
  },
  {
    path: 'raw',
    label: 'Raw',
    screen: lazy(() => import('../raw/step-raw.tsx').then((m) => ({ default: m.StepRaw }))),
  },
];
