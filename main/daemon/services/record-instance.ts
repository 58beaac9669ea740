import type { ServiceContext } from './context.ts';
import { isStorageFull } from './persist.ts';

/**
 * Tells of the daemon itself. A full disk is no reason not to start, nor to leave processes behind at the end: then only
 * the daemon's own log knows.
 */
export function recordInstance(
  context: Pick<ServiceContext, 'store' | 'log'>,
  type: 'instance.started' | 'instance.stopping',
  payload: Readonly<Record<string, unknown>>,
): void {
  try {
    context.store.transaction(() => context.store.events.append({ type, actor: 'daemon', payload }));
  } catch (error) {
    if (!isStorageFull(error)) throw error;
    context.log('error', `the disk is full: ${type} is not recorded`, { error });
  }
}
