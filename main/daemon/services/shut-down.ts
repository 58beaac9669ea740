import type { ServiceContext } from './context.ts';
import type { Dispatcher } from './dispatcher.ts';
import { recordInstance } from './record-instance.ts';

/**
 * Ends the daemon's work: nothing starts any more, what runs is stopped, collected and salvaged. What is waiting stays
 * in the record for the next start.
 */
export async function shutDown(context: ServiceContext, dispatcher: Dispatcher, why: string): Promise<void> {
  recordInstance(context, 'instance.stopping', { reason: why, attempts: context.live.ids() });
  await dispatcher.stop();
  await context.live.stop(() => true, { reason: 'shutdown', actor: 'daemon', why });
}
