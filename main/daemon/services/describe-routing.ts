import type { ServiceContext } from './context.ts';

export interface Routing {
  /** Which executors a step may run on that names none, in the order in which they are tried. There is never a second. */
  readonly chain: readonly string[];
  readonly mode: string;
  readonly disclaimer: string;
}

/** How an executor is chosen: by the task, and otherwise by the settings. */
export const describeRouting = ({ settings }: Pick<ServiceContext, 'settings'>): Routing => ({
  chain: [settings.defaultExecutor],
  mode: 'As Requested',
  disclaimer:
    'A step runs on the executor that its task names, or else on this one. It is never moved to another, not even by a retry. Benchmark data is recorded and NOT used to choose.',
});
