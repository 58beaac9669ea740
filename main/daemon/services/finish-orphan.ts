import type { AttemptRecord } from '../../../contract/records.ts';
import { placeOf } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt } from './ledger.ts';

/**
 * Ends an attempt whose step cannot be read: nobody is left alive, its work is saved, and the attempt says so. The step
 * itself stays set aside, so nothing is decided about it.
 */
export async function finishOrphan(context: ServiceContext, attempt: AttemptRecord): Promise<void> {
  const { left } = await context.processes.stopMarked(attempt.mark);
  const place = placeOf(attempt);
  const evidence = await context.evidence.openAttempt(place);
  const sealed = evidence.ok ? await context.evidence.sealLogs(place) : evidence;
  const salvaged = await context.workspaces.salvage(place, []);
  const problems = [
    ...(left.length === 0 ? [] : [`still alive after the sweep: ${left.join(', ')}`]),
    ...(sealed.ok ? [] : [sealed.error.sentence]),
    ...(salvaged.ok ? salvaged.value.losses : [salvaged.error.sentence]),
  ];
  const salvage = salvaged.ok ? salvaged.value.record : nothingSalvaged(attempt.worktreePath);
  context.store.transaction(() => {
    const ended: AttemptRecord = {
      ...attempt,
      state: 'failed_bridge',
      failureClass: 'interrupted',
      summary: `Interrupted in state ${attempt.state}, and the row of its step cannot be read`,
      warnings: problems,
      filesChanged: salvaged.ok ? [...salvaged.value.filesChanged] : [],
      salvage,
      endedAtMs: context.clock(),
    };
    recordAttempt(context, ended, 'attempt.ended');
    const lease = context.store.leases.get(attempt.id);
    if (lease !== null) context.store.leases.remove(attempt.id, lease.fence);
  });
  if (salvage.keptWorktree === null) await context.workspaces.remove(place, salvage);
}
