import type { ExecutorOutcome, ExecutorRun, StopReason } from '../adapters/executors/executor.ts';
import type { AttemptClock } from './attempt-clock.ts';
import { endOfStopped } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { Cause } from './ledger.ts';
import { stopOrderOf } from './live-attempts.ts';
import type { PermissionDesk } from './permission-desk.ts';

export interface Supervised {
  readonly run: ExecutorRun;
  readonly clock: AttemptClock;
  readonly desk: PermissionDesk;
}

/** Waits for the end of an executor, and orders it when time is up or somebody asks. Nobody is asked for it afterwards. */
export async function superviseRun(
  { log }: Pick<ServiceContext, 'log'>,
  { run, clock, desk }: Supervised,
  signal: AbortSignal,
): Promise<ExecutorOutcome> {
  const order = (reason: StopReason, cause: Cause) => {
    run.stop(reason);
    desk.close(cause).catch((error: unknown) => log('warn', 'what was asked stays open for now', { error }));
  };
  const onAbort = () => order(stopReason(signal), causeOf(signal));
  clock.start(() => order('timeout', { actor: 'daemon', reason: 'the time of the attempt was up' }));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await run.ended;
  } finally {
    clock.stop();
    signal.removeEventListener('abort', onAbort);
  }
}

const stopReason = (signal: AbortSignal): StopReason =>
  stopOrderOf(signal).reason === 'cancel' ? 'cancel' : 'shutdown';

const causeOf = (signal: AbortSignal): Cause => {
  const { actor } = stopOrderOf(signal);
  return { actor: actor === '' ? 'daemon' : actor, reason: endOfStopped(signal).summary };
};
