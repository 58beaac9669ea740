import type { StepRecord } from '../../../contract/records.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import { isStorageFull } from './persist.ts';
import { createPump } from './pump.ts';
import { runAttempt } from './run-attempt.ts';
import { startAttempt } from './start-attempt.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;
/** A step that starts right after its submit starts from the base that the submit found; git is not asked twice. */
const BASE_MAX_AGE_MS = 1000;

export interface Dispatcher {
  /** Nothing starts before this: recovery comes first. */
  start(): void;
  /** Something may have become eligible. */
  wake(): void;
  /** Renews the leases of this process and looks for work again; the caller decides how often. Never throws. */
  beat(): void;
  /** Nothing starts after this. Resolves when a start that is under way has been decided. */
  stop(): Promise<void>;
}

/**
 * Starts eligible steps while there are free slots. It is woken after every commit that may free one and at the earliest
 * `not_before`; nothing on a step's way waits for a poll. `context` is read at each look: it holds this dispatcher's own
 * `wake`.
 */
export function createDispatcher(context: () => ServiceContext, owner: string): Dispatcher {
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const lookedAtMs = context().clock();
    await startEligible(context(), { owner, isStopped: pump.isStopped });
    if (!pump.isStopped()) armTimer(lookedAtMs);
  };
  /** For what becomes due after the look began: what was due before has been seen. */
  const armTimer = (lookedAtMs: number) => {
    clearTimeout(timer);
    const { store, clock } = context();
    const dueMs = store.steps.nextNotBeforeMs({ nowMs: lookedAtMs });
    if (dueMs !== null) timer = setTimeout(pump.wake, Math.min(Math.max(dueMs - clock(), 1), MAX_TIMER_MS));
  };
  /** A full disk, for one: the next beat tries again. */
  const reportFault = (error: unknown) => context().log('error', 'the dispatcher met a fault', { error });
  const pump = createPump(look, reportFault);
  return {
    start: pump.start,
    wake: pump.wake,
    beat() {
      try {
        renewLeases(context());
      } catch (error) {
        reportFault(error);
      }
      pump.wake();
    },
    async stop() {
      clearTimeout(timer);
      await pump.stop();
    },
  };
}

interface Start {
  readonly owner: string;
  readonly isStopped: () => boolean;
}

async function startEligible(context: ServiceContext, { owner, isStopped }: Start): Promise<void> {
  while (!isStopped() && context.live.size < context.settings.slots) {
    const [step] = context.store.steps.listEligible({ nowMs: context.clock(), limit: 1 });
    if (step === undefined) return;
    await startOne(context, { step, owner, isStopped }).catch((error: unknown) => setAside(context, step, error));
  }
}

async function startOne(context: ServiceContext, { step, owner, isStopped }: Start & { readonly step: StepRecord }) {
  const base = await context.workspaces.resolveBase(step.spec.baseRef ?? null, { maxAgeMs: BASE_MAX_AGE_MS });
  if (isStopped()) return;
  const started = startAttempt(context, { seen: step, base, owner });
  if (started === null) return;
  const place = { runId: step.runId, stepId: step.id, attemptId: started.attempt.id };
  context.live.start(place, (signal) => runAttempt(context, started, signal));
}

/** A step that cannot be started must not keep those behind it waiting: a person has to look at it. */
function setAside(context: ServiceContext, { id }: StepRecord, error: unknown): void {
  if (isStorageFull(error)) throw error;
  context.log('error', 'a step could not be started', { step: id, error });
  const reason = `could not be started: ${error instanceof Error ? error.message : String(error)}`;
  context.store.transaction(() => {
    const step = context.store.steps.get(id);
    if (step?.state !== 'pending') return;
    recordStepMove(context, step, { by: 'machine', to: 'needs_manual_attention', actor: 'daemon', reason });
    recordRunFollows(context, step.runId, 'daemon');
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
