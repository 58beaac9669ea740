import type { EventRecord, EventType } from '../../../../contract/events.ts';
import type { AttemptId, GateId } from '../../../../contract/ids.ts';
import type { EpochMs } from '../../../../contract/time.ts';
import type { DaemonMetrics } from './daemon-metrics.ts';

/** What an event does not say of what it is about. */
export interface EventSubjects {
  attempt(id: AttemptId): { readonly startedAtMs: EpochMs | null; readonly endedAtMs: EpochMs | null } | null;
  /** The label of an executor: its agent, so that names of profiles make no new rows. */
  executorLabel(name: string): string;
  gate(id: GateId): { readonly createdAtMs: EpochMs; readonly decidedAtMs: EpochMs | null } | null;
}

type Count = (metrics: DaemonMetrics, event: EventRecord, subjects: EventSubjects) => void;

const COUNTS: Partial<Record<EventType, Count>> = {
  'attempt.started': (metrics, event, subjects) =>
    metrics.attemptsStarted.inc({ executor: executorOf(event, subjects) }),
  'attempt.ended': countAttemptEnd,
  'validation.ended': (metrics, event) =>
    metrics.validationSeconds.observe({ state: textOf(event, 'state') }, numberOf(event, 'duration_ms') / 1000),
  'gate.decided': countGateEnd,
  'gate.withdrawn': countGateEnd,
  'step.state_changed': countRetry,
};

/** Counts what an event tells. Events that nobody counts are passed over. */
export function countEvent(metrics: DaemonMetrics, event: EventRecord, subjects: EventSubjects): void {
  COUNTS[event.type]?.(metrics, event, subjects);
}

function countAttemptEnd(metrics: DaemonMetrics, event: EventRecord, subjects: EventSubjects): void {
  const executor = executorOf(event, subjects);
  metrics.attemptsEnded.inc({ executor, state: textOf(event, 'state') });
  const failureClass = textOf(event, 'failure_class');
  if (failureClass !== '') metrics.attemptFailures.inc({ class: failureClass });
  if (failureClass === 'lease_expired') metrics.leaseExpiries.inc();
  const times = event.attemptId === null ? null : subjects.attempt(event.attemptId);
  if (times === null || times.startedAtMs === null || times.endedAtMs === null) return;
  metrics.attemptSeconds.observe({ executor }, secondsBetween(times.startedAtMs, times.endedAtMs));
}

function countGateEnd(metrics: DaemonMetrics, event: EventRecord, subjects: EventSubjects): void {
  const gate = event.gateId === null ? null : subjects.gate(event.gateId);
  if (gate === null) return;
  const seconds = secondsBetween(gate.createdAtMs, gate.decidedAtMs ?? event.atMs);
  metrics.gateSeconds.observe({ state: textOf(event, 'state') }, seconds);
}

/** Nothing else takes a step back to the queue. */
function countRetry(metrics: DaemonMetrics, event: EventRecord): void {
  if (textOf(event, 'to') !== 'pending' || textOf(event, 'from') === 'pending') return;
  metrics.retries.inc({ by: event.actor === 'daemon' ? 'rule' : 'request' });
}

/** A clock that was set back must not make a time negative. */
const secondsBetween = (fromMs: EpochMs, toMs: EpochMs): number => Math.max(0, toMs - fromMs) / 1000;

const executorOf = (event: EventRecord, subjects: EventSubjects): string =>
  subjects.executorLabel(textOf(event, 'executor'));

function textOf({ payload }: EventRecord, key: string): string {
  const value = payload[key];
  return typeof value === 'string' ? value : '';
}

function numberOf({ payload }: EventRecord, key: string): number {
  const value = payload[key];
  return typeof value === 'number' ? value : 0;
}
