import { isAgentName } from '../../../contract/executor-profile.ts';
import type { InstanceInfo } from '../../../contract/instance.ts';
import { countEvent, type EventSubjects } from '../adapters/metrics/count-event.ts';
import { createDaemonMetrics, type DaemonMetrics } from '../adapters/metrics/daemon-metrics.ts';
import { addProcessMetrics } from '../adapters/metrics/process-metrics.ts';
import { agentOf, BUILT_IN_PROFILES, type ExecutorShelf } from '../domain/executor-shelf.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Metrics } from '../services/ports/metrics.ts';
import type { Store } from '../store/store.ts';

export interface CountedDaemon {
  readonly store: Store;
  readonly clock: () => number;
  readonly slots: number;
  readonly shelf: () => ExecutorShelf;
  readonly live: () => Pick<ServiceContext['live'], 'size'>;
  readonly instance: () => Pick<InstanceInfo, 'version' | 'nodeVersion'>;
}

export interface ComposedMetrics extends Metrics {
  readonly addRedactions: (count: number) => void;
}

/**
 * Counters grow with the commits of this process. What stands in the record is looked up when somebody asks, so that it
 * is as true after a restart as before it.
 */
export function composeMetrics(daemon: CountedDaemon): ComposedMetrics {
  const metrics = createDaemonMetrics();
  const { store, clock } = daemon;
  addProcessMetrics(metrics.registry, clock);
  const subjects: EventSubjects = {
    attempt: (id) => store.attempts.get(id),
    executorLabel: (name) => executorLabel(daemon.shelf(), name),
    gate: (id) => store.gates.get(id),
  };
  store.onCommit((events) => {
    for (const event of events) countEvent(metrics, event, subjects);
  });
  return {
    contentType: metrics.registry.contentType,
    addRedactions: (count) => metrics.redactions.inc(count),
    async text() {
      lookAtRecord(metrics, daemon);
      const { version, nodeVersion } = daemon.instance();
      metrics.buildInfo.set({ version, node_version: nodeVersion }, 1);
      return metrics.registry.metrics();
    },
  };
}

/** Steps may still name an executor that is gone. */
function executorLabel(shelf: ExecutorShelf, name: string): string {
  const agent = agentOf(shelf, name);
  const isKnown = isAgentName(agent) || BUILT_IN_PROFILES.some((one) => one.agent === agent);
  return isKnown ? agent : 'other';
}

function lookAtRecord(metrics: DaemonMetrics, { store, clock, slots, live, shelf }: CountedDaemon): void {
  const nowMs = clock();
  metrics.attemptsLive.reset();
  for (const { executor, state } of store.attempts.listLive()) {
    metrics.attemptsLive.inc({ executor: executorLabel(shelf(), executor), state });
  }
  const { count, oldestCreatedAtMs } = store.gates.tallyPending();
  metrics.gatesPending.set(count);
  metrics.gateOldestSeconds.set(Math.max(0, nowMs - (oldestCreatedAtMs ?? nowMs)) / 1000);
  metrics.leasesOverdue.set(store.leases.listExpired(nowMs).length);
  metrics.eventsRecorded.set(store.events.lastSeq());
  metrics.slots.set(slots);
  metrics.slotsUsed.set(live().size);
  lookAtQueue(metrics, store, { nowMs, free: Math.max(0, slots - live().size) });
}

function lookAtQueue(
  { queueSteps }: DaemonMetrics,
  store: Store,
  { nowMs, free }: { readonly nowMs: number; readonly free: number },
): void {
  const { gate, run, notBefore, eligible } = store.steps.tallyPending({ nowMs });
  const starting = Math.min(free, eligible);
  queueSteps.set({ blocked_reason: 'gate' }, gate);
  queueSteps.set({ blocked_reason: 'run' }, run);
  queueSteps.set({ blocked_reason: 'not_before' }, notBefore);
  queueSteps.set({ blocked_reason: 'slot' }, eligible - starting);
  queueSteps.set({ blocked_reason: 'none' }, starting);
}
