import type { AttemptRecord } from '../../../contract/records.ts';
import { cleanUpAttempt } from './clean-up-attempt.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt } from './ledger.ts';
import { persist } from './persist.ts';
import { collectLeftovers } from './work-of-abandoned.ts';

/**
 * Ends an attempt whose step cannot be read: nobody is left alive, its work is saved, and the attempt says so. The step
 * itself stays set aside, so nothing is decided about it.
 */
export async function finishOrphan(context: ServiceContext, attempt: AttemptRecord): Promise<void> {
  const { collection, problems } = await collectLeftovers(context, attempt, []);
  const ended: AttemptRecord = {
    ...attempt,
    state: 'failed_bridge',
    failureClass: 'interrupted',
    summary: `Interrupted in state ${attempt.state}, and the row of its step cannot be read`,
    warnings: [...problems, ...(collection?.warnings ?? [])],
    filesChanged: [...(collection?.work.filesChanged ?? [])],
    salvage: collection?.work.record ?? nothingSalvaged(null),
    endedAtMs: context.clock(),
  };
  await persist(context, () => recordEnd(context, ended));
  await cleanUpAttempt(context, ended);
}

function recordEnd(context: ServiceContext, ended: AttemptRecord): void {
  const { store } = context;
  store.transaction(() => {
    recordAttempt(context, ended, 'attempt.ended');
    const lease = store.leases.get(ended.id);
    if (lease !== null) store.leases.remove(ended.id, lease.fence);
  });
}
