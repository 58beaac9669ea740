import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** Each address and its screen, which is loaded when it is first looked at. The first that fits counts. */
export const SCREENS: readonly { readonly path: string; readonly screen: LazyExoticComponent<ComponentType> }[] = [
  { path: '/', screen: lazy(() => import('../screens/overview/overview.tsx').then((m) => ({ default: m.Overview }))) },
  {
    path: '/inbox/:gate?',
    screen: lazy(() => import('../screens/inbox/inbox.tsx').then((m) => ({ default: m.Inbox }))),
  },
  { path: '/queue', screen: lazy(() => import('../screens/queue/queue.tsx').then((m) => ({ default: m.Queue }))) },
  { path: '/runs', screen: lazy(() => import('../screens/runs/runs.tsx').then((m) => ({ default: m.Runs }))) },
  {
    path: '/runs/:run/submit',
    screen: lazy(() => import('../screens/submit/submit.tsx').then((m) => ({ default: m.Submit }))),
  },
  { path: '/runs/:run', screen: lazy(() => import('../screens/run/run.tsx').then((m) => ({ default: m.Run }))) },
  {
    path: '/steps/:step/compare',
    screen: lazy(() => import('../screens/compare/compare.tsx').then((m) => ({ default: m.Compare }))),
  },
  {
    path: '/steps/:step/:tab?',
    screen: lazy(() => import('../screens/step/step.tsx').then((m) => ({ default: m.Step }))),
  },
  {
    path: '/executors',
    screen: lazy(() => import('../screens/executors/executors.tsx').then((m) => ({ default: m.Executors }))),
  },
  {
    path: '/executors/:name',
    screen: lazy(() => import('../screens/executors/executor.tsx').then((m) => ({ default: m.Executor }))),
  },
  { path: '/doctor', screen: lazy(() => import('../screens/doctor/doctor.tsx').then((m) => ({ default: m.Doctor }))) },
  { path: '/audit', screen: lazy(() => import('../screens/audit/audit.tsx').then((m) => ({ default: m.Audit }))) },
  {
    path: '/salvage/:attempt?',
    screen: lazy(() => import('../screens/salvage/salvage.tsx').then((m) => ({ default: m.Salvage }))),
  },
  {
    path: '/settings/:part?',
    screen: lazy(() => import('../screens/settings/settings.tsx').then((m) => ({ default: m.Settings }))),
  },
  {
    path: '/help/:page?',
    screen: lazy(() => import('../screens/help/help.tsx').then((m) => ({ default: m.Help }))),
  },
  {
    path: '/about',
    screen: lazy(() => import('../screens/about/about.tsx').then((m) => ({ default: m.About }))),
  },
  {
    path: '/welcome',
    screen: lazy(() => import('../screens/welcome/welcome.tsx').then((m) => ({ default: m.Welcome }))),
  },
];
