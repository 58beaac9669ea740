import type { EventRecord } from '../../../contract/events.ts';
import type { RunId, StepId } from '../../../contract/ids.ts';
import type { Store } from '../store/store.ts';

type Wake = () => void;

/** Wakes whoever waits for a step or a run, right after the commit that concerns it. */
export interface Watch {
  onStep(stepId: StepId, wake: Wake): () => void;
  onRun(runId: RunId, wake: Wake): () => void;
}

export function createWatch(store: Pick<Store, 'onCommit'>): Watch {
  const steps = new Map<string, Set<Wake>>();
  const runs = new Map<string, Set<Wake>>();
  store.onCommit((events) => {
    for (const wake of concerned(events, { steps, runs })) wake();
  });
  return {
    onStep: (stepId, wake) => register(steps, stepId, wake),
    onRun: (runId, wake) => register(runs, runId, wake),
  };
}

interface Watchers {
  readonly steps: ReadonlyMap<string, ReadonlySet<Wake>>;
  readonly runs: ReadonlyMap<string, ReadonlySet<Wake>>;
}

/** Everybody who waits for something in these events, each once. */
function concerned(events: readonly EventRecord[], { steps, runs }: Watchers): ReadonlySet<Wake> {
  const found = new Set<Wake>();
  for (const event of events) {
    for (const wake of steps.get(event.stepId ?? '') ?? []) found.add(wake);
    for (const wake of runs.get(event.runId ?? '') ?? []) found.add(wake);
  }
  return found;
}

function register(watchers: Map<string, Set<Wake>>, id: string, wake: Wake): () => void {
  const set = watchers.get(id) ?? new Set<Wake>();
  watchers.set(id, set.add(wake));
  return () => {
    set.delete(wake);
    if (set.size === 0 && watchers.get(id) === set) watchers.delete(id);
  };
}
