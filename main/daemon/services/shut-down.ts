import type { ServiceContext } from './context.ts';
import type { Dispatcher } from './dispatcher.ts';
import { isStorageFull } from './persist.ts';

/**
 * Ends the daemon's work: nothing starts any more, what runs is stopped, collected and salvaged. What is waiting stays
 * in the record for the next start.
 */
export async function shutDown(context: ServiceContext, dispatcher: Dispatcher, why: string): Promise<void> {
  tellStopping(context, why);
  await dispatcher.stop();
  await context.live.stop(() => true, { reason: 'shutdown', actor: 'daemon', why });
}

/** A full disk is no reason to leave processes behind: what runs is stopped, told or not. */
function tellStopping(context: ServiceContext, why: string): void {
  const payload = { reason: why, attempts: context.live.ids() };
  try {
    context.store.transaction(() =>
      context.store.events.append({ type: 'instance.stopping', actor: 'daemon', payload }),
    );
  } catch (error) {
    if (!isStorageFull(error)) throw error;
    context.log('error', 'the disk is full: that the daemon stops is not recorded', { error });
  }
}
