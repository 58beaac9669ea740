import type { StepRecord } from '../../../contract/records.ts';
import type { ServiceContext } from './context.ts';
import { runAttempt } from './run-attempt.ts';
import { startAttempt } from './start-attempt.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;

export interface Dispatcher {
  /** Nothing starts before this: recovery comes first. */
  start(): void;
  wake(): void;
  /** Renews the leases of this process and looks for work again; the caller decides how often. */
  beat(): void;
  /** Nothing starts after this. Resolves when a start that is under way has been decided. */
  stop(): Promise<void>;
}

/**
 * Starts eligible steps while there are free slots. It is woken by commits and by the earliest `not_before`; nothing
 * on a step's way waits for a poll.
 */
export function createDispatcher(context: () => ServiceContext, owner: string): Dispatcher {
  let state: 'waiting' | 'idle' | 'pumping' | 'again' | 'stopped' = 'waiting';
  let timer: NodeJS.Timeout | undefined;
  let pumping: Promise<void> = Promise.resolve();

  const isStopped = () => state === 'stopped';
  const wake = () => {
    if (state === 'pumping') state = 'again';
    if (state !== 'idle') return;
    state = 'pumping';
    pumping = pump();
  };
  const pump = async () => {
    do {
      if (state === 'again') state = 'pumping';
      await startEligible(context(), { owner, isStopped }).catch(reportFault);
    } while (wantsAgain());
    if (isStopped()) return;
    state = 'idle';
    armTimer();
  };
  const wantsAgain = () => state === 'again';
  /** A full disk, for one: the next beat tries again. */
  const reportFault = (error: unknown) => context().log('error', 'could not start the next step', { error });
  const armTimer = () => {
    clearTimeout(timer);
    const { store, clock } = context();
    const dueMs = store.steps.nextNotBeforeMs({ nowMs: clock() });
    if (dueMs !== null) timer = setTimeout(wake, Math.min(Math.max(dueMs - clock(), 1), MAX_TIMER_MS));
  };
  return {
    start() {
      if (state === 'waiting') state = 'idle';
      wake();
    },
    wake,
    beat() {
      renewLeases(context());
      wake();
    },
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await pumping;
    },
  };
}

interface Pump {
  readonly owner: string;
  readonly isStopped: () => boolean;
}

async function startEligible(context: ServiceContext, { owner, isStopped }: Pump): Promise<void> {
  while (!isStopped() && context.live.size < context.settings.slots) {
    const [step] = context.store.steps.listEligible({ nowMs: context.clock(), limit: 1 });
    if (step === undefined) return;
    await startOne(context, { step, owner, isStopped });
  }
}

async function startOne(context: ServiceContext, { step, owner, isStopped }: Pump & { readonly step: StepRecord }) {
  const base = await context.workspaces.resolveBase(step.spec.baseRef ?? null);
  if (isStopped()) return;
  const started = startAttempt(context, { stepId: step.id, base: base.ok ? base.value : null, owner });
  if (started === null) return;
  const place = { runId: step.runId, stepId: step.id, attemptId: started.attempt.id };
  context.live.start(place, async (signal) => {
    await runAttempt(context, started, signal);
  });
}

function renewLeases({ store, live, clock }: ServiceContext): void {
  if (live.size === 0) return;
  store.transaction(() => {
    for (const attemptId of live.ids()) {
      const lease = store.leases.get(attemptId);
      if (lease === null) continue;
      const heartbeatAtMs = clock();
      store.leases.save({ ...lease, heartbeatAtMs, expiresAtMs: heartbeatAtMs + lease.ttlSeconds * 1000 });
    }
  });
}
