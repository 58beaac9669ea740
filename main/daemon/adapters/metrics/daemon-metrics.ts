import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Where an attempt may take seconds or hours. */
const DURATION_BUCKETS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400];
/** People are slower. */
const WAITING_BUCKETS = [1, 10, 60, 300, 900, 3600, 14_400, 86_400, 604_800];

/**
 * Everything that is counted. Labels take few values, whatever happens: words of the contract, and executors by name as
 * long as it is one that a task may name.
 */
export function createDaemonMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return { registry, ...countersOf(registers), ...histogramsOf(registers), ...gaugesOf(registers) };
}
export type DaemonMetrics = ReturnType<typeof createDaemonMetrics>;

const countersOf = (registers: Registry[]) => ({
  attemptsStarted: new Counter({
    name: 'codencer_attempts_started_total',
    help: 'Attempts that were started.',
    labelNames: ['executor'],
    registers,
  }),
  attemptsEnded: new Counter({
    name: 'codencer_attempts_ended_total',
    help: 'Attempts that have ended, by the state that they ended in.',
    labelNames: ['executor', 'state'],
    registers,
  }),
  attemptFailures: new Counter({
    name: 'codencer_attempt_failures_total',
    help: 'Attempts that did not complete, by the class of their failure.',
    labelNames: ['class'],
    registers,
  }),
  retries: new Counter({
    name: 'codencer_step_retries_total',
    help: 'Steps that went back to the queue: by their retry rule, or on request.',
    labelNames: ['by'],
    registers,
  }),
  leaseExpiries: new Counter({
    name: 'codencer_lease_expiries_total',
    help: 'Attempts that ended because their holder was not heard of in time.',
    registers,
  }),
  redactions: new Counter({
    name: 'codencer_redactions_total',
    help: 'Secrets that were taken out of logs and texts of attempts.',
    registers,
  }),
});

const histogramsOf = (registers: Registry[]) => ({
  attemptSeconds: new Histogram({
    name: 'codencer_attempt_duration_seconds',
    help: 'From the start of the executor to the end of the attempt.',
    labelNames: ['executor'],
    buckets: DURATION_BUCKETS,
    registers,
  }),
  validationSeconds: new Histogram({
    name: 'codencer_validation_duration_seconds',
    help: 'How long validations took, by their verdict.',
    labelNames: ['state'],
    buckets: DURATION_BUCKETS,
    registers,
  }),
  gateSeconds: new Histogram({
    name: 'codencer_gate_wait_seconds',
    help: 'How long gates were open, by what became of them.',
    labelNames: ['state'],
    buckets: WAITING_BUCKETS,
    registers,
  }),
});

const gaugesOf = (registers: Registry[]) => ({
  attemptsLive: new Gauge({
    name: 'codencer_attempts_live',
    help: 'Attempts that are under way, by their state.',
    labelNames: ['executor', 'state'],
    registers,
  }),
  queueSteps: new Gauge({
    name: 'codencer_queue_steps',
    help: 'Steps that wait, by what they wait for; none: they are about to start.',
    labelNames: ['blocked_reason'],
    registers,
  }),
  slots: new Gauge({ name: 'codencer_slots', help: 'Attempts that may run at the same time.', registers }),
  slotsUsed: new Gauge({ name: 'codencer_slots_used', help: 'Attempts that this process works on.', registers }),
  gatesPending: new Gauge({ name: 'codencer_gates_pending', help: 'Gates that wait for a decision.', registers }),
  gateOldestSeconds: new Gauge({
    name: 'codencer_gate_oldest_pending_seconds',
    help: 'Since when the gate waits that has waited longest; 0 without one.',
    registers,
  }),
  leasesOverdue: new Gauge({
    name: 'codencer_leases_overdue',
    help: 'Leases whose time is up and that nobody has ended yet.',
    registers,
  }),
  eventsRecorded: new Gauge({
    name: 'codencer_events_recorded',
    help: 'Entries of the event log: the number of the newest.',
    registers,
  }),
  buildInfo: new Gauge({
    name: 'codencer_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node_version'],
    registers,
  }),
});
